import http from 'node:http'
import { serve } from '@/demo/serve'
import { type CompanySeries, evaluate, type Labels } from './evaluate'
import { type Expression, parsePromql } from './parse-promql'

type Options = {
  /** 0: any free one. */
  readonly port: number
  /** What the company's exporters say. */
  readonly series: () => readonly CompanySeries[]
  readonly now?: () => number
}

type Reply = { readonly status: number; readonly type: string; readonly body: string }

const MOST_POINTS = 11_000
const TEXT = 'text/plain; charset=utf-8'

/** A metrics store for the demo, on loopback: the questions of the product in PromQL, answered as Prometheus does. */
export async function startMetrics({ port, series, now = Date.now }: Options) {
  const server = http.createServer((request, response) => {
    const { status, type, body } = reply(request, series, now())
    response.writeHead(status, { 'content-type': type }).end(body)
  })
  return serve(server, port)
}

function reply(
  { method, url = '/' }: http.IncomingMessage,
  series: Options['series'],
  now: number,
): Reply {
  const { pathname, searchParams } = new URL(url, 'http://metrics.demo')
  const route = ROUTES[pathname.replace(LABEL, '/label/-/')]
  if (!route) return { status: 404, type: TEXT, body: '404 page not found\n' }
  if (method !== 'GET') return { status: 405, type: TEXT, body: 'Method Not Allowed\n' }
  try {
    return route(searchParams, series(), now, LABEL.exec(pathname)?.[1] ?? '')
  } catch (error) {
    const says = error instanceof Error ? error.message : `${error}`
    if (error instanceof SyntaxError || error instanceof RangeError) return refuse(says)
    return asJson(422, { status: 'error', errorType: 'execution', error: says })
  }
}

/** `label`: of which the values are asked for. */
type Route = (
  asked: URLSearchParams,
  series: readonly CompanySeries[],
  now: number,
  label: string,
) => Reply

const LABEL = /\/label\/([a-zA-Z_][a-zA-Z0-9_]*)\//

const ROUTES: Readonly<Record<string, Route>> = {
  '/-/ready': () => ({ status: 200, type: TEXT, body: 'Prometheus Server is Ready.\n' }),
  '/-/healthy': () => ({ status: 200, type: TEXT, body: 'Prometheus Server is Healthy.\n' }),
  '/api/v1/query': (asked, series, now) => {
    const at = toMoment(asked, 'time', now)
    const result = evaluate(toExpression(asked), series, at).map(({ labels, value }) => ({
      metric: labels,
      value: [at / 1_000, toText(value)],
    }))
    return succeed({ resultType: 'vector', result })
  },
  '/api/v1/query_range': (asked, series) => {
    const from = toMoment(asked, 'start', null)
    const until = toMoment(asked, 'end', null)
    const step = toStep(asked.get('step') ?? '')
    if (until < from)
      throw new RangeError(wrong('end', 'end timestamp must not be before start time'))
    if ((until - from) / step > MOST_POINTS)
      throw new RangeError(
        'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
      )
    const expression = toExpression(asked)
    const found = new Map<string, { metric: Labels; values: [number, string][] }>()
    for (let at = from; at <= until; at += step)
      for (const { labels, value } of evaluate(expression, series, at)) {
        const key = JSON.stringify(labels)
        const one = found.get(key) ?? { metric: labels, values: [] }
        one.values.push([at / 1_000, toText(value)])
        found.set(key, one)
      }
    return succeed({ resultType: 'matrix', result: [...found.values()] })
  },
  '/api/v1/label/-/values': (asked, series, _now, label) => {
    const wanted = /^\{__name__=~"(.+)"\}$/.exec(asked.get('match[]') ?? '')?.[1] ?? '.*'
    const fits = new RegExp(`^(?:${wanted})$`)
    const values = series.flatMap(({ labels }) =>
      fits.test(labels.__name__ ?? '') ? (labels[label] ?? []) : [],
    )
    return succeed([...new Set(values)].sort())
  },
}

const toExpression = (asked: URLSearchParams): Expression => {
  try {
    return parsePromql(asked.get('query') ?? '')
  } catch (error) {
    throw new SyntaxError(wrong('query', error instanceof Error ? error.message : `${error}`))
  }
}

function toMoment(asked: URLSearchParams, name: string, otherwise: number | null): number {
  const text = asked.get(name)
  if (text === null && otherwise !== null) return otherwise
  const at = /^\d+(\.\d+)?$/.test(text ?? '') ? Number(text) * 1_000 : Date.parse(text ?? '')
  if (Number.isNaN(at))
    throw new RangeError(
      wrong(name, `${SAYS[name] ?? ''}cannot parse "${text ?? ''}" to a valid timestamp`),
    )
  return Math.round(at)
}

/** It says so of this parameter alone. */
const SAYS: Readonly<Record<string, string>> = { time: "Invalid time value for 'time': " }

function toStep(text: string): number {
  const [, count] = /^(\d+(?:\.\d+)?)s?$/.exec(text) ?? []
  if (count === undefined)
    throw new RangeError(wrong('step', `cannot parse "${text}" to a valid duration`))
  if (Number(count) === 0)
    throw new RangeError(
      wrong(
        'step',
        'zero or negative query resolution step widths are not accepted. Try a positive integer',
      ),
    )
  return Number(count) * 1_000
}

const wrong = (name: string, says: string) => `invalid parameter "${name}": ${says}`

/** As Go writes the numbers that are none. */
const toText = (value: number): string =>
  Number.isNaN(value) ? 'NaN' : Number.isFinite(value) ? `${value}` : value > 0 ? '+Inf' : '-Inf'

const succeed = (data: unknown): Reply => asJson(200, { status: 'success', data })

const refuse = (error: string): Reply =>
  asJson(400, { status: 'error', errorType: 'bad_data', error })

const asJson = (status: number, json: unknown): Reply => ({
  status,
  type: 'application/json',
  body: JSON.stringify(json),
})
