import { SourceError } from '@/lib/errors'
import type { EpochMs } from '@/lib/journey/types'
import { HEADER } from '../allow-list'
import { exchange, type Reply, readReply, type Transport } from '../fetch-json'
import { legacyReply, readLegacy } from './legacy'
import type { Search } from './plan-searches'
import { atBase, type ProbeResult, type Storage } from './probe'
import type { RawSpans } from './raw-span'
import { readV3, v3Error, v3Reply } from './v3'

/** The most traces one search may bring; as many as that may be a cut list. */
export const SEARCH_LIMIT = 50

export type Answer = RawSpans & { readonly bytes: number }

/** Jaeger in one of its two languages. Both methods throw `SourceError`. */
export type Dialect = {
  /** null: there is no such trace, or not any more. */
  getTrace(traceId: string, transport: Transport): Promise<Answer | null>
  /** `service-needed`: this backend cannot search all services at once. */
  search(search: Search, value: string, transport: Transport): Promise<Answer | 'service-needed'>
}

/** The way to read, and the way to find, that a probe chose. */
export function createDialect(baseUrl: URL, storage: Storage, { find, get }: ProbeResult): Dialect {
  const reader = get === 'v3' ? createV3(baseUrl, storage) : createLegacy(baseUrl, storage)
  const finder = find === 'legacy' ? createLegacy(baseUrl, storage) : createV3(baseUrl, storage)
  return { getTrace: reader.getTrace, search: finder.search }
}

/** Times as they were recorded: what adjusts them is ours to choose. */
const RAW = 'true'

const createV3 = (baseUrl: URL, storage: Storage): Dialect => ({
  async getTrace(traceId, transport) {
    const url = atBase(baseUrl, `api/v3/traces/${traceId}`)
    url.searchParams.set('raw_traces', RAW)
    const reply = await exchange('jaeger', url, transport)
    return isNothing(reply) ? null : toAnswer(reply, v3Spans)
  },
  async search({ service, attribute, window, limit = SEARCH_LIMIT }, value, transport) {
    const url = atBase(baseUrl, 'api/v3/traces')
    if (service !== null) url.searchParams.set('query.service_name', service)
    url.searchParams.set('query.attributes', tagQuery(attribute, value, storage))
    url.searchParams.set('query.start_time_min', toRfc3339(window.from))
    url.searchParams.set('query.start_time_max', toRfc3339(window.until))
    url.searchParams.set('query.num_traces', String(limit))
    url.searchParams.set('query.raw_traces', RAW)
    const reply = await exchange('jaeger', url, transport)
    if (isNothing(reply)) return { spans: [], rejected: 0, bytes: reply.bytes }
    if (service === null && needsService(reply)) return 'service-needed'
    return toAnswer(reply, v3Spans)
  },
})

const createLegacy = (baseUrl: URL, storage: Storage): Dialect => ({
  async getTrace(traceId, transport) {
    const url = atBase(baseUrl, `api/traces/${traceId}`)
    url.searchParams.set('raw', RAW)
    const reply = await exchange('jaeger', url, transport)
    return reply.status === 404 && reply.kind === 'json' ? null : toAnswer(reply, legacySpans)
  },
  async search({ service, attribute, window, limit = SEARCH_LIMIT }, value, transport) {
    if (service === null) return 'service-needed'
    const url = atBase(baseUrl, 'api/traces')
    url.searchParams.set('service', service)
    url.searchParams.set('tags', tagQuery(attribute, value, storage))
    url.searchParams.set('start', toMicros(window.from))
    url.searchParams.set('end', toMicros(window.until))
    url.searchParams.set('limit', String(limit))
    url.searchParams.set('raw', RAW)
    return toAnswer(await exchange('jaeger', url, transport), legacySpans)
  },
})

const v3Spans = (reply: Reply) => readV3(readReply('jaeger', reply, v3Reply))
const legacySpans = (reply: Reply) => readLegacy(readReply('jaeger', reply, legacyReply))

/** v3 says "nothing" with a 404 of its own; any other 404 is a route that is not there. */
const isNothing = (reply: Reply): boolean =>
  reply.status === 404 && reply.kind === 'json' && v3Error.safeParse(reply.json).success

const needsService = (reply: Reply): boolean =>
  reply.status >= 400 &&
  reply.kind === 'json' &&
  /requires a service name|service name must be set/i.test(
    v3Error.safeParse(reply.json).data?.error.message ?? '',
  )

async function toAnswer(reply: Reply, read: (reply: Reply) => Promise<RawSpans>): Promise<Answer> {
  const { status, bytes, kind } = reply
  // A known route that is gone, or a login page: what the probe found is no longer so.
  if (kind === 'html' || (status === 404 && kind === 'text'))
    throw new SourceError('jaeger', 'malformed', new Error(`HTTP ${status}, ${kind}`))
  if (status >= 400) throw new SourceError('jaeger', 'rejected', new Error(`HTTP ${status}`))
  return { ...(await read(reply)), bytes }
}

/** Values are texts in both languages. A captured header is stored as a JSON array of one. */
function tagQuery(attribute: string, value: string, storage: Storage): string {
  const stored = HEADER.test(attribute) ? JSON.stringify([value]) : value
  return JSON.stringify({ [attribute]: storage === 'elasticsearch' ? literal(stored) : stored })
}

/** There a value is a Lucene regular expression. */
const literal = (value: string) => value.replace(/[.*+?()[\]{}|\\"#@&<>~^$]/g, '\\$&')

const toMicros = (at: EpochMs): string => String(Math.round(at * 1_000))
const toRfc3339 = (at: EpochMs): string => new Date(at).toISOString()
