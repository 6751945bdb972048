import 'server-only'
import type { RequestInfo } from '@/lib/access/viewer'
import { isAppError } from '@/lib/errors'
import { recordEvent } from '@/lib/store/audit/record'
import { toRequestInfo } from './request-info'
import { STATUS } from './status'
import { toProblem } from './to-problem'

type Answer = (request: Request, info: RequestInfo) => Promise<Response> | Response

/** A route that nobody signs in for: the exceptions that the route table names. Refusals are still problems, and rows. */
export function definePublicRoute(answer: Answer) {
  return async function handle(request: Request): Promise<Response> {
    const info = toRequestInfo(request.headers)
    const response = await respond(request, info).catch((error) => toProblem(error, info.requestId))
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
    return response
  }

  async function respond(request: Request, info: RequestInfo): Promise<Response> {
    try {
      return await answer(request, info)
    } catch (error) {
      if (isAppError(error) && error.code !== 'unavailable')
        await recordEvent({
          action: 'request_refused',
          request: info,
          decision: 'deny',
          reason: error.code,
          status: STATUS[error.code],
        })
      throw error
    }
  }
}
