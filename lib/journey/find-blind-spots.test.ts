import { describe, expect, test } from 'vitest'
import { buildJourney } from './build-journey'
import type { Fact } from './fact'
import { COMPANY, COMPANY_HALF_TRACED } from './fixtures/company'
import { DAY, HOUR, moment, plus } from './fixtures/moment'
import { change, gather, history, report, row, span } from './fixtures/said'
import type { SourceReport } from './journey'
import type { Pipeline } from './pipeline'

const T = moment('2026-11-18T10:00+03:00')
const NOW = plus(T, DAY)
const spotsOf = (
  facts: readonly Fact[],
  reports: readonly SourceReport[] = [],
  pipeline: Pipeline = COMPANY,
  now = NOW,
) =>
  buildJourney(gather(facts, now, reports), pipeline, now).blindSpots.map(
    ({ code, source, system, values }) =>
      [code, source ?? system, ...Object.values(values)].join(' '),
  )

const work = span('mes', 'pack', T)
const packed = [...history('mes', [['PACKAGING', T]]), work]

describe('blind spots', () => {
  test('are none where everything could be seen', () => {
    expect(spotsOf(packed)).toEqual([])
  })

  test.each([
    ['missing', { state: 'missing', reason: 'timeout', asOf: null }, 'source-missing'],
    ['stale', { state: 'stale', reason: 'replica-lags', asOf: T }, 'source-stale'],
    ['partial', { state: 'partial', reason: 'cut', asOf: null }, 'source-partial'],
    ['not configured', { state: 'not-configured', reason: null, asOf: null }, 'source-missing'],
  ] as const)('name a source that is %s', (_, rest, code) => {
    const [spot] = spotsOf(packed, [report('orders:shop', NOW, rest)])
    expect(spot).toMatch(`${code} orders:shop ${rest.reason ?? 'not-configured'}`)
  })

  test('name rows that cannot all be of one order, and the channels they name', () => {
    const other = row('mes', 'PACKAGING', T, { id: 'row:2', source: 'orders:shop' })
    expect(spotsOf([...packed, other])).toEqual(['two-records mes 2'])
    const partner = row('crm', 'PACKAGING', T, { channel: 'partner' })
    expect(spotsOf([...packed, partner]).join()).toContain('two-channels')
  })

  test('name what is not kept, and spans of another environment', () => {
    const notKept = report('orders:mes', NOW, {
      notKept: ['status_changes.sent_at', 'orders.price'],
    })
    const foreign = report('jaeger', NOW, {
      notes: [{ code: 'foreign-environment', values: { service: 'mes-api', count: 3 } }],
    })
    expect(spotsOf(packed, [notKept, foreign])).toEqual([
      'foreign-environment jaeger mes-api 3',
      'not-kept orders:mes status_changes.sent_at',
    ])
  })

  test('name a traced system that worked and was not heard, once its spans are due', () => {
    const silent = history('mes', [['PACKAGING', T]])
    expect(spotsOf(silent)).toContain(`no-spans jaeger mes-api ${T}`)
    expect(spotsOf(silent, [], COMPANY, plus(T, 30_000))).toEqual([])
    expect(spotsOf(silent, [], COMPANY, plus(T, 40 * DAY))).toEqual(['past-retention jaeger 30'])
  })

  test('do not miss spans of a trace store that is down', () => {
    const down = report('jaeger', NOW, { state: 'missing', reason: 'timeout', asOf: null })
    expect(spotsOf(history('mes', [['PACKAGING', T]]), [down])).toEqual([
      'source-missing jaeger timeout',
    ])
  })

  test('name lanes that are not traced, and a sample', () => {
    const sampled = {
      ...COMPANY_HALF_TRACED,
      sampling: { ...COMPANY.sampling, orderTraffic: 0.1 },
    }
    expect(spotsOf(packed, [], sampled)).toEqual([
      'not-traced shop db',
      'not-traced s3 db',
      'not-traced crm db',
      'sampled jaeger 0.1',
    ])
  })

  test('name a history that is not there, and one that stops short', () => {
    expect(spotsOf([row('mes', 'PACKAGING', T), work])).toEqual(['history-missing orders:mes'])
    const gap = [change('mes', 'PACKAGING', T), row('mes', 'SHIPPED', plus(T, HOUR)), work]
    expect(spotsOf(gap)).toEqual(['history-gap orders:mes SHIPPED'])
  })

  test('name statuses that the pipeline does not know, each once', () => {
    const facts = [
      ...history('mes', [
        ['ON_THE_MOON', T],
        ['PACKAGING', plus(T, 1)],
        ['ON_THE_MOON', plus(T, 2)],
      ]),
      work,
    ]
    expect(spotsOf(facts)).toEqual(['unknown-status orders:mes ON_THE_MOON'])
  })

  test('name where the context broke, and an order known from traces alone', () => {
    expect(spotsOf([{ ...work, contextBroken: true }])).toEqual([
      'context-broken jaeger crm 1',
      'only-traces jaeger 2 2',
    ])
    expect(spotsOf([work], [report('orders:mes', NOW, { state: 'missing' })])).toContain(
      'only-traces jaeger 2 1',
    )
  })
})
