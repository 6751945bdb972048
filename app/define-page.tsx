import 'server-only'
import type { Route } from 'next'
import { headers } from 'next/headers'
import { redirect, unstable_rethrow } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import type { z } from 'zod'
import { Refusal } from '@/components/shell/refusal'
import type { Action } from '@/lib/access/policy'
import type { RequestInfo, Viewer } from '@/lib/access/viewer'
import { ENTRY, requireEntry } from '@/lib/auth/require-entry'
import { requireViewer } from '@/lib/auth/require-viewer'
import { toSignIn } from '@/lib/auth/to-sign-in'
import { type AppError, isAppError } from '@/lib/errors'
import { parseInput } from '@/lib/http/parse-input'
import { toFields } from '@/lib/http/read-body'
import { recordTurned } from '@/lib/http/record-turned'
import { toRequestInfo } from '@/lib/http/request-info'
import type { Asked } from '@/lib/http/route-maker'
import { sayStatus } from '@/lib/http/say-status'
import { STATUS } from '@/lib/http/status'
import { supportContact } from '@/lib/http/support-contact'
import { toDecodedPathFields } from '@/lib/http/to-path-fields'
import { findParticulars } from '@/lib/http/to-problem'
import { logError } from '@/lib/log-error'
import { listAsked } from '@/lib/services/list-asked'
import { loadCompany } from '@/lib/services/load-company'

type Props = {
  readonly params: Promise<unknown>
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

type Page<Input> = {
  /** What the page is for, as the policy names it. */
  readonly action: Action
  /** Segments and query become one object. */
  readonly input: z.ZodType<Input>
  readonly render: (asked: Asked<Input>) => Promise<ReactNode>
}

/** The twin of `defineRoute`: a failure is a page drawn on the server, with its true status. */
export function definePage<Input>({ action, input, render }: Page<Input>) {
  return async function Page({ params, searchParams }: Props): Promise<ReactNode> {
    const request = toRequestInfo(await headers())
    let asker: Viewer | null = null
    try {
      const viewer = await orTurn(action, request, null, requireViewer)
      asker = viewer
      const parsed = await orTurn(action, request, viewer, async () => {
        requireEntry(viewer)
        return parseInput(
          input,
          toDecodedPathFields(await params),
          toFields(toPairs(await searchParams)),
        )
      })
      return await render({ viewer, request, input: parsed })
    } catch (error) {
      unstable_rethrow(error)
      return drawFailure(error, request, asker)
    }
  }
}

async function drawFailure(
  error: unknown,
  { requestId }: RequestInfo,
  asker: Viewer | null,
): Promise<ReactNode> {
  if (!isAppError(error)) {
    logError(error, { requestId })
    await sayStatus(500)
    return <Fault requestId={requestId} />
  }
  if (error.code === 'unauthenticated') redirect((await toSignIn()) as Route)
  const { capability, silent } = findParticulars(error)
  if (capability === ENTRY) redirect('/no-role')

  await sayStatus(STATUS[error.code])
  const contact = supportContact()
  return (
    <Refusal
      code={error.code}
      requestId={requestId}
      company={loadCompany()}
      {...(capability ? { capability } : {})}
      {...(silent ? { silent } : {})}
      {...(asker && isLookedFor(error, silent) ? { asked: listAsked(asker, silent ?? []) } : {})}
      {...(contact && capability ? { contact } : {})}
    />
  )
}

/** What sources were asked for: unknown everywhere, or nowhere answered. */
const isLookedFor = ({ code }: AppError, silent: readonly string[] = []) =>
  code === 'not-found' || silent.some((source) => source.startsWith('orders:'))

/** A bug: said on the server, so that its message reaches neither the browser nor the log. */
async function Fault({ requestId }: { readonly requestId: string }) {
  const t = await getTranslations('error')
  return (
    <section className="mx-auto max-w-2xl py-10">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('text')}</p>
      <p className="mt-6 font-mono text-sm text-muted">{requestId}</p>
    </section>
  )
}

/** Nothing is refused without a row; what comes after these steps is the gate's to write. */
async function orTurn<T>(
  action: Action,
  request: RequestInfo,
  viewer: Viewer | null,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    if (isAppError(error) && error.code !== 'unavailable')
      await recordTurned({ action, request, viewer, ...toRow(error) })
    throw error
  }
}

const toRow = ({ code }: AppError) => ({ reason: code, status: STATUS[code] })

const toPairs = (query: Readonly<Record<string, string | string[] | undefined>>) =>
  Object.entries(query).flatMap(([name, values]) =>
    [values ?? []].flat().map((value) => [name, value] as const),
  )
