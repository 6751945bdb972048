import type { Mode } from './mode'
import {
  isRefusal,
  readBoolean,
  readDuration,
  readInteger,
  readTexts,
  readTime,
  readTraceId,
} from './read-parameters'
import { asJson, asPlainJson, type Reply } from './reply'
import type { Context, Route } from './route'
import { type Question, search } from './search'
import { toSummary } from './to-summary'
import { toV3 } from './to-v3'

/** The stable dialect. */
export const V3_ROUTES: readonly Route[] = [
  { path: /^\/api\/v3\/services$/, answer: listServices },
  { path: /^\/api\/v3\/operations$/, answer: listOperations },
  { path: /^\/api\/v3\/traces$/, answer: findTraces },
  { path: /^\/api\/v3\/traces\/([^/]+)$/, answer: getTrace },
  { path: /^\/api\/v3\/trace-summaries$/, modes: ['v2.20', 'main'], answer: listSummaries },
]

const MOST_TRACES = 100_000
const DEFAULT_LIMIT = 100

function listServices({ store, mode }: Context): Reply {
  return answer(mode, orNothing('services', store.services(), mode))
}

function listOperations({ store, query, mode }: Context): Reply {
  const kind = query.get('span_kind')
  const operations = store
    .operations(query.get('service') ?? '')
    .filter(({ spanKind }) => kind === null || kind === '' || kind === spanKind)
  return answer(mode, orNothing('operations', operations, mode))
}

function getTrace({ store, mode, query }: Context, [id = '']: readonly string[]): Reply {
  const traceId = readTraceId(id, (text) =>
    mode === 'v1.76'
      ? `strconv.ParseUint: parsing "${text}": invalid syntax`
      : 'invalid length for TraceID',
  )
  if (isRefusal(traceId)) return refuse(400, `malformed parameter trace_id: ${traceId.refused}`)
  const raw = readBoolean(query.get('raw_traces'))
  if (isRefusal(raw)) return refuse(400, `malformed parameter raw_traces: ${raw.refused}`)
  const trace = store.findTrace(traceId)
  return trace ? answer(mode, toV3([trace], mode, raw)) : nothing()
}

function findTraces(context: Context): Reply {
  const question = readQuestion(context)
  if ('status' in question) return question
  const { store, mode, query } = context
  const raw = readBoolean(query.get('query.raw_traces'))
  if (isRefusal(raw)) return refuse(400, `malformed parameter query.raw_traces: ${raw.refused}`)
  const traces = search(store, question)
  return traces.length > 0 ? answer(mode, toV3(traces, mode, raw)) : nothing()
}

function listSummaries(context: Context): Reply {
  const question = readQuestion(context)
  if ('status' in question) return question
  const summaries = search(context.store, question).map(toSummary)
  return answer(context.mode, orNothing('summaries', summaries, context.mode))
}

function readQuestion({ query, mode }: Context): Question | Reply {
  const get = (name: string) =>
    query.get(`query.${name}`) ?? (mode === 'v1.76' ? null : query.get(`query.${toCamel(name)}`))
  const fields = {
    start_time_min: readTime(get('start_time_min')),
    start_time_max: readTime(get('start_time_max')),
    num_traces: readInteger(get('num_traces')),
    search_depth: mode === 'v1.76' ? null : readInteger(get('search_depth')),
    duration_min: readDuration(get('duration_min')),
    duration_max: readDuration(get('duration_max')),
    attributes: mode === 'v1.76' ? {} : readTexts(query.get('query.attributes')),
  }
  for (const [name, value] of Object.entries(fields))
    if (isRefusal(value)) return refuse(400, `malformed parameter query.${name}: ${value.refused}`)

  const fromUs = fields.start_time_min as number | null
  const untilUs = fields.start_time_max as number | null
  if (fromUs === null || untilUs === null) return refuse(400, TIMES_REQUIRED[mode])
  if (fromUs > untilUs && mode !== 'v1.76')
    return refuse(400, 'query.startTimeMin must be before query.startTimeMax')

  const given = (fields.search_depth ?? fields.num_traces) as number | null
  const limit = toLimit(given, mode)
  if (limit === null) return refuse(500, LIMIT_REFUSED)
  const service = get('service_name') || null
  return {
    // v1 asks the store for the service "", which nothing has.
    service: mode === 'v1.76' ? (service ?? '') : service,
    operation: get('operation_name') || null,
    attributes: fields.attributes as Readonly<Record<string, string>>,
    fromUs,
    untilUs,
    shortestUs: fields.duration_min as number | null,
    longestUs: fields.duration_max as number | null,
    limit,
  }
}

export const LIMIT_REFUSED = 'search depth must be greater than 0 and less than max traces'

/** null: refused. v1 takes zero for "all". */
export function toLimit(given: number | null, mode: Mode): number | null {
  if (mode === 'v1.76') return given === null || given <= 0 ? MOST_TRACES : given
  const limit = given ?? DEFAULT_LIMIT
  return limit > 0 && limit <= MOST_TRACES ? limit : null
}

const TIMES_REQUIRED: Readonly<Record<Mode, string>> = {
  'v1.76': 'query.start_time_min and query.start_time_max are required',
  'v2.20': 'query.startTimeMin and query.startTimeMax are required',
  main: 'query.startTimeMin and query.startTimeMax are required',
}

const toCamel = (name: string) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase())

const answer = (mode: Mode, json: unknown): Reply =>
  mode === 'v1.76' ? asPlainJson(200, json) : asJson(json)

const refuse = (httpCode: number, message: string): Reply =>
  asPlainJson(httpCode, { error: { httpCode, message } })

const nothing = () => refuse(404, 'No traces found')

/** Up to v2.20 an empty list is left out. */
const orNothing = (key: string, list: readonly unknown[], mode: Mode) =>
  list.length > 0 || mode === 'main' ? { [key]: list } : {}
