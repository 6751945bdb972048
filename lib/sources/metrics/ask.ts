import { z } from 'zod'
import { SourceError } from '@/lib/errors'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import { exchange, type Reply, readReply, type Transport } from '../fetch-json'

/** One series with its labels. A value that is no finite number is null. */
export type Labels = Readonly<Record<string, string>>
export type Point = { readonly at: EpochMs; readonly value: number | null }
export type Series = { readonly labels: Labels; readonly points: readonly Point[] }

/** The HTTP API of one Prometheus, or of what speaks it. Throws `SourceError`. */
export type Ask = {
  /** Of these metric names, those that have series since then. */
  names(candidates: readonly string[], since: EpochMs): Promise<readonly string[]>
  /** Each series with one point. */
  now(query: string, at: EpochMs): Promise<readonly Series[]>
  /** Each series with a point for each step that has a sample. */
  over(query: string, from: EpochMs, until: EpochMs, stepMs: number): Promise<readonly Series[]>
}

const MOST_SERIES = 5_000
const MOST_POINTS = 11_000

const labels = z.record(z.string().max(200), z.string().max(2_000))
/** Seconds, and the value as a text. */
const sample = z.tuple([z.number().min(0).max(253_402_300_799), z.string().max(64)])
const success = <T>(data: z.ZodType<T>) => z.object({ status: z.literal('success'), data })
const namesReply = success(z.array(z.string().max(300)).max(MOST_SERIES))
const vectorReply = success(
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: labels, value: sample })).max(MOST_SERIES),
  }),
)
const matrixReply = success(
  z.object({
    resultType: z.literal('matrix'),
    result: z
      .array(z.object({ metric: labels, values: z.array(sample).max(MOST_POINTS) }))
      .max(MOST_SERIES),
  }),
)
const errorReply = z.object({ status: z.literal('error'), errorType: z.string().max(40) })

/** Binds the API at this address to the limits of one look-up. */
export function createAsk(baseUrl: URL, transport: Transport): Ask {
  async function get<T>(
    route: string,
    parameters: Readonly<Record<string, string>>,
    schema: z.ZodType<T>,
  ): Promise<T> {
    const base = baseUrl.href.endsWith('/') ? baseUrl : `${baseUrl.href}/`
    const url = new URL(`api/v1/${route}`, base)
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
    return readReply('prometheus', open(await exchange('prometheus', url, transport)), schema)
  }

  return {
    async names(candidates, since) {
      const match = `{__name__=~"${candidates.join('|')}"}`
      const parameters = { 'match[]': match, start: seconds(since) }
      return (await get('label/__name__/values', parameters, namesReply)).data
    },
    async now(query, at) {
      const { data } = await get('query', { query, time: seconds(at) }, vectorReply)
      return data.result.map(({ metric, value }) => ({ labels: metric, points: [toPoint(value)] }))
    },
    async over(query, from, until, stepMs) {
      const range = { start: seconds(from), end: seconds(until), step: `${stepMs / 1_000}` }
      const { data } = await get('query_range', { query, ...range }, matrixReply)
      return data.result.map(({ metric, values }) => ({
        labels: metric,
        points: values.map(toPoint),
      }))
    },
  }
}

const seconds = (at: EpochMs): string => (at / 1_000).toFixed(3)

/**
 *     503 with a body   the question took too long           400, 422   it cannot be answered
 *     503 without       it is starting                       401, 403   we may not ask
 */
function open(reply: Reply): Reply {
  const { status } = reply
  if (status < 400) return reply
  const said = reply.kind === 'json' ? errorReply.safeParse(reply.json).data?.errorType : undefined
  const fault = said === 'timeout' || said === 'canceled' ? 'timeout' : 'rejected'
  throw new SourceError('prometheus', fault, new Error(`HTTP ${status} ${said ?? ''}`.trim()))
}

const NUMBER = /^[+-]?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,3})?$/

const toPoint = ([at, text]: readonly [number, string]): Point => ({
  at: epochMs(at * 1_000),
  value: toNumber(text),
})

/** `NaN`, `+Inf` and `-Inf` are answers, and no numbers. */
export function toNumber(text: string): number | null {
  const value = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? value : null
}
