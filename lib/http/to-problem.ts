import { unstable_rethrow } from 'next/navigation'
import { type AppError, isAppError } from '@/lib/errors'
import { logError } from '@/lib/log-error'
import { toProblemResponse } from './problem'
import { STATUS } from './status'

/** Any failure as problem details. What was not foreseen goes to the log, and says nothing. */
export function toProblem(error: unknown, requestId: string): Response {
  unstable_rethrow(error) // Next signals redirects and bail-outs by throwing.
  if (isAppError(error)) {
    return toProblemResponse({
      status: STATUS[error.code],
      code: error.code,
      detail: error.message,
      requestId,
      ...findParticulars(error),
    })
  }
  logError(error, { requestId })
  const detail = 'Something went wrong on our side'
  return toProblemResponse({ status: 500, code: 'internal', detail, requestId })
}

type Particulars = {
  readonly field?: string
  readonly capability?: string
  readonly silent?: readonly string[]
}

/** What a refusal names besides its code: the field, the missing right, the silent sources. */
export function findParticulars(error: AppError): Particulars {
  const { field, capability, silent, missing, source } = error as unknown as {
    [name: string]: string & readonly string[]
  }
  const quiet: readonly string[] | undefined = silent ?? missing ?? (source && [source])
  return {
    ...(field === undefined ? {} : { field }),
    ...(capability === undefined ? {} : { capability }),
    ...(quiet?.length ? { silent: quiet } : {}),
  }
}
