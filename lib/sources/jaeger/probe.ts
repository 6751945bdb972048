import { z } from 'zod'
import { SourceError } from '@/lib/errors'
import { exchange, type Reply, type Transport } from '../fetch-json'
import { legacyReply } from './legacy'
import { v3Error } from './v3'

export type Storage = 'memory' | 'elasticsearch' | 'cassandra' | 'badger' | 'clickhouse' | 'unknown'

export type DialectChoice = 'auto' | 'v3' | 'legacy'

/** What the Jaeger at this address can do. */
export type ProbeResult = {
  /** How orders are found. `v3-unfiltered`: it would ignore the order id, so only our own filter holds. */
  readonly find: 'v3' | 'v3-unfiltered' | 'legacy'
  /** How one trace is read. */
  readonly get: 'v3' | 'legacy'
  /** Whether a search may leave the service out. */
  readonly serviceless: boolean
}

const servicesReply = z.object({ services: z.array(z.unknown()).nullish() }).strict()

/**
 * Asks three questions that cost the server nothing, and judges by the bodies: an old Jaeger answers an unknown
 * route with 200 and its own page. Throws `SourceError`; `malformed` is "no Jaeger API at this address".
 */
export async function probe(
  baseUrl: URL,
  choice: DialectChoice,
  storage: Storage,
  transport: Transport,
): Promise<ProbeResult> {
  if (choice === 'legacy') return { find: 'legacy', get: 'legacy', serviceless: false }
  if (choice === 'v3') return { find: 'v3', get: 'v3', serviceless: mayLeaveOut(storage, false) }

  const [services, summaries, legacy] = await Promise.all(
    ['api/v3/services', 'api/v3/trace-summaries', 'api/services'].map(async (route) =>
      open(await exchange('jaeger', atBase(baseUrl, route), transport)),
    ),
  )
  const hasV3 = fits(services, servicesReply)
  const hasSummaries = fits(summaries, v3Error, ({ error }) => error.httpCode === 400)
  const hasLegacy = fits(legacy, legacyReply.required({ data: true }))
  if (!hasV3 && !hasLegacy)
    throw new SourceError('jaeger', 'malformed', new Error('No Jaeger API at this address'))

  const find = hasV3 && hasSummaries ? 'v3' : hasLegacy ? 'legacy' : 'v3-unfiltered'
  return {
    find,
    get: hasV3 ? 'v3' : 'legacy',
    serviceless: find === 'v3' && mayLeaveOut(storage, !hasLegacy),
  }
}

/** Where it cannot, the answer is a refusal, or on Cassandra an empty list that proves nothing. */
const mayLeaveOut = (storage: Storage, isNew: boolean): boolean =>
  storage === 'memory' ||
  storage === 'clickhouse' ||
  (isNew && (storage === 'elasticsearch' || storage === 'unknown'))

/** A route below the configured address, whose own path stays. */
export const atBase = (baseUrl: URL, route: string): URL =>
  new URL(route, baseUrl.href.endsWith('/') ? baseUrl : `${baseUrl.href}/`)

/** A refusal, or a server in trouble, says nothing of what is there. */
function open(reply: Reply): Reply {
  const { status } = reply
  if (status === 401 || status === 403 || status >= 500)
    throw new SourceError('jaeger', 'rejected', new Error(`HTTP ${status}`))
  return reply
}

function fits<T>(
  reply: Reply | undefined,
  schema: z.ZodType<T>,
  holds: (value: T) => boolean = () => true,
): boolean {
  if (reply?.kind !== 'json') return false
  const { success, data } = schema.safeParse(reply.json)
  return success && holds(data)
}
