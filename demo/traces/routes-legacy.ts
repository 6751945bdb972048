import { countCalls } from './count-calls'
import { parseGoDuration } from './go-duration'
import type { Mode } from './mode'
import { isRefusal, readBoolean, readInteger, readTexts, readTraceId } from './read-parameters'
import { asJson, asPlainJson, type Reply } from './reply'
import type { Context, Route } from './route'
import { LIMIT_REFUSED, toLimit } from './routes-v3'
import { type Question, search } from './search'
import { toLegacy } from './to-legacy'

const OLD: readonly Mode[] = ['v1.76', 'v2.20']

/** The dialect of the old web page. Only one trace by its id outlives it. */
export const LEGACY_ROUTES: readonly Route[] = [
  { path: /^\/api\/services$/, modes: OLD, answer: listServices },
  { path: /^\/api\/services\/([^/]+)\/operations$/, modes: OLD, answer: listNames },
  { path: /^\/api\/operations$/, modes: OLD, answer: listOperations },
  { path: /^\/api\/traces$/, modes: OLD, answer: findTraces },
  { path: /^\/api\/traces\/([^/]+)$/, answer: getTrace },
  { path: /^\/api\/dependencies$/, answer: listDependencies },
  { path: /^\/api\/metrics\/(?:latencies|calls|errors)$/, answer: refuseMetrics },
]

function listServices({ store, mode }: Context): Reply {
  const services = store.services()
  // v1 has no empty list.
  return counted(mode === 'v1.76' && services.length === 0 ? null : services)
}

function listNames({ store }: Context, [service = '']: readonly string[]): Reply {
  return counted([...new Set(store.operations(service).map(({ name }) => name))])
}

function listOperations({ store, query }: Context): Reply {
  const service = query.get('service')
  if (!service) return refuse(400, "parameter 'service' is required")
  const kind = query.get('spanKind')
  return counted(store.operations(service).filter(({ spanKind }) => !kind || kind === spanKind))
}

function getTrace({ store, mode, query }: Context, [id = '']: readonly string[]): Reply {
  const traceId = readId(id, mode)
  if (isRefusal(traceId)) return refuse(400, traceId.refused)
  const raw = readBoolean(query.get('raw'))
  if (isRefusal(raw)) return refuse(400, toRawRefusal(raw.refused))
  const trace = store.findTrace(traceId)
  return trace ? data([toLegacy(trace, mode, raw)]) : refuse(404, 'trace not found')
}

function findTraces(context: Context): Reply {
  const { store, mode, query } = context
  const ids = query.getAll('traceID')
  if (ids.length > 0) return getTraces(context, ids)
  const question = readQuestion(context)
  if ('status' in question) return question
  const raw = readBoolean(query.get('raw'))
  if (isRefusal(raw)) return refuse(400, toRawRefusal(raw.refused))
  return data(search(store, question).map((trace) => toLegacy(trace, mode, raw)))
}

function getTraces({ store, mode }: Context, asked: readonly string[]): Reply {
  const ids = asked.map((id) => readId(id, mode))
  const wrong = ids.find(isRefusal)
  if (wrong) return refuse(400, wrong.refused)
  const known = ids.map((id) => (isRefusal(id) ? null : store.findTrace(id)))
  const missing = asked.filter((_, index) => known[index] === null)
  return asJson({
    ...frame(known.flatMap((trace) => (trace ? [toLegacy(trace, mode)] : []))),
    errors:
      missing.length > 0 ? missing.map((traceID) => ({ msg: 'trace not found', traceID })) : null,
  })
}

const TWO_DAYS_US = 172_800_000_000

function readQuestion({ query, mode, nowUs }: Context): Question | Reply {
  const service = query.get('service')
  if (!service) return refuse(400, "parameter 'service' is required")
  const attributes = readTags(query)
  if ('status' in attributes) return attributes as Reply
  const times = ['start', 'end'].map((name) => readMicros(query.get(name)))
  const wrongTime = times.findIndex(isRefusal)
  if (wrongTime >= 0)
    return refuse(400, `unable to parse param '${wrongTime === 0 ? 'start' : 'end'}': not a number`)
  const [fromUs, untilUs] = times as (number | null)[]

  const [shortestUs = null, longestUs = null] = ['minDuration', 'maxDuration'].map((name) =>
    parseGoDuration(query.get(name) ?? ''),
  )
  if (shortestUs !== null && longestUs !== null && longestUs < shortestUs)
    return refuse(400, "'maxDuration' should be greater than 'minDuration'")
  const given = readInteger(query.get('limit'))
  if (isRefusal(given)) return refuse(400, `unable to parse param 'limit': ${given.refused}`)
  const limit = toLimit(given, mode)
  if (limit === null) return refuse(500, LIMIT_REFUSED)
  return {
    service,
    operation: query.get('operation') || null,
    attributes: attributes as Readonly<Record<string, string>>,
    fromUs: fromUs ?? nowUs - TWO_DAYS_US,
    untilUs: untilUs ?? nowUs,
    shortestUs,
    longestUs,
    limit,
  }
}

const toRawRefusal = (why: string) => `unable to parse param 'raw': ${why}`

const readMicros = (text: string | null) =>
  text === null || /^[0-9]{1,17}$/.test(text) ? text && Number(text) : { refused: text }

/** `tag=key:value`, repeated, and `tags={"key":"value"}`. */
function readTags(query: URLSearchParams): Readonly<Record<string, string>> | Reply {
  const single = query.getAll('tag').map((text) => /^([^:]+):(.*)$/s.exec(text))
  if (single.includes(null))
    return refuse(
      400,
      "malformed 'tag' parameter, expecting key:value, received: a text without it",
    )
  const json = readTexts(query.get('tags'))
  if (isRefusal(json))
    return refuse(400, `malformed 'tags' parameter, cannot unmarshal JSON: ${json.refused}`)
  return {
    ...Object.fromEntries(single.map((match) => [match?.[1] ?? '', match?.[2] ?? ''])),
    ...json,
  }
}

const readId = (id: string, mode: Mode) =>
  readTraceId(id, (text) =>
    mode === 'v1.76'
      ? `strconv.ParseUint: parsing "${text}": invalid syntax`
      : 'invalid length for TraceID',
  )

function listDependencies({ store, mode, query, nowUs }: Context): Reply {
  if (mode === 'v1.76') return data([])
  const untilUs = Number(query.get('endTs') ?? nowUs / 1_000) * 1_000
  const lookbackUs = Number(query.get('lookback') ?? 86_400_000) * 1_000
  return data(countCalls(store.traces(), untilUs - lookbackUs, untilUs))
}

function refuseMetrics({ mode }: Context): Reply {
  return refuse(
    501,
    mode === 'v1.76'
      ? 'metrics querying is currently disabled'
      : 'trace metrics are currently disabled - no metrics backend configured',
  )
}

const frame = (list: readonly unknown[] | null, total = 0) => ({
  data: list,
  total,
  limit: 0,
  offset: 0,
  errors: null,
})
const data = (list: readonly unknown[]): Reply => asJson(frame(list))
const counted = (list: readonly unknown[] | null): Reply => asJson(frame(list, list?.length ?? 0))

/** JSON in a body that says it is text, as the real one does. */
const refuse = (code: number, msg: string): Reply =>
  asPlainJson(code, { ...frame(null), errors: [{ code, msg }] })
