import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import recorded from '@/lib/sources/metrics/fixtures/prometheus-2.42.0.json' with { type: 'json' }
import type { CompanySeries } from './evaluate'
import { startMetrics } from './start-metrics'

const HERE = [
  'instant-up',
  'instant-empty',
  'range-duration-step',
  'range-gap',
  'range-rfc3339',
  'names',
  'label-values-empty',
  'error-no-query',
  'error-parse',
  'error-bad-time',
  'error-end-before-start',
  'error-step-zero',
  'error-step-missing',
  'error-too-many-points',
  'error-no-such-route',
  'error-method',
  'ready',
  'healthy',
]
const ASKED_AT = 1_795_263_099_182

/** What the recorded server was scraping: one that answers, and one that does not. */
const series: readonly CompanySeries[] = [
  ...[
    ['down', '127.0.0.1:1', 0],
    ['mes', '127.0.0.1:29201', 1],
  ].map(([job, instance, value]) => ({
    labels: { __name__: 'up', instance: `${instance}`, job: `${job}` },
    valueAt: (at: number) => (at > ASKED_AT - 60_000 ? Number(value) : null),
  })),
  ...namesRecorded().map((name) => ({ labels: { __name__: name }, valueAt: () => 1 })),
]

describe('the stand-in', () => {
  let metrics: Awaited<ReturnType<typeof startMetrics>>

  beforeAll(async () => {
    metrics = await startMetrics({ port: 0, series: () => series, now: () => ASKED_AT })
  })
  afterAll(() => metrics.stop())

  test.each(recorded.answers.filter(({ name }) => HERE.includes(name)))(
    'answers $name as the real one did',
    async ({ method, path, ...answer }) => {
      const response = await fetch(`http://127.0.0.1:${metrics.port}${path}`, { method })
      const text = await response.text()
      expect([response.status, response.headers.get('content-type')]).toEqual([
        answer.status,
        answer.contentType,
      ])
      if ('json' in answer)
        expect(toComparable(JSON.parse(text))).toEqual(toComparable(answer.json))
      else expect(text).toBe(answer.text)
    },
  )

  test('was held to each of them', () => {
    expect(recorded.answers.filter(({ name }) => HERE.includes(name))).toHaveLength(HERE.length)
  })
})

function namesRecorded(): readonly string[] {
  const found = recorded.answers.find(({ name }) => name === 'names')
  const data = found && 'json' in found ? found.json?.data : null
  if (!Array.isArray(data)) throw new Error('No names were recorded')
  return data.map(String)
}

/** Without the exact words of a refusal: a parser may point at another place. */
function toComparable(json: unknown): unknown {
  const { error, ...rest } = json as { error?: string }
  return error === undefined
    ? rest
    : { ...rest, error: error.replace(/(:\s\d+:\d+)?: parse error.*/, '') }
}
