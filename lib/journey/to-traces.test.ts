import { expect, test } from 'vitest'
import type { SpanFact } from './fact'
import { COMPANY } from './fixtures/company'
import { DAY, moment, plus, SECOND } from './fixtures/moment'
import { row, span } from './fixtures/said'
import type { TraceSummary } from './journey'
import type { Pipeline } from './pipeline'
import { toLanes } from './to-lanes'
import { toTraces } from './to-traces'

const T = moment('2026-11-01T10:00+03:00')
const [ONE, TWO] = ['1'.repeat(32), '2'.repeat(32)]

test('traces of one order stand side by side, weeks apart, and are linked both ways', () => {
  // trace 1  poll (shared, failed) ─ take ─ work (failed)      trace 2, two weeks later: a link back
  const spans = [
    span('crm', 'poll', T, { traceId: ONE, shared: true, failed: true }),
    span('crm', 'take', plus(T, 1), { traceId: ONE, parentId: 'x', duration: 10 }),
    span('mes', 'work', plus(T, 2), { traceId: ONE, parentId: 'y', failed: true, orphan: true }),
    span('mes', 'ship', plus(T, 14 * DAY), {
      traceId: TWO,
      links: [
        { traceId: ONE, spanId: '1' },
        { traceId: '3'.repeat(32), spanId: '1' },
      ],
    }),
  ]
  expect(toTraces(spans, { [ONE]: 49 }, COMPANY, plus(T, 20 * DAY))).toEqual([
    {
      traceId: ONE,
      started: T,
      ended: plus(T, 1002),
      rootService: 'crm-api',
      rootName: 'poll',
      services: ['crm-api', 'mes-api'],
      spanCount: 3,
      sharedCount: 1,
      errorCount: 1,
      orphanCount: 1,
      contextBroken: false,
      gap: 'lost',
      otherOrders: 49,
      linkedTraceIds: [TWO],
    },
    expect.objectContaining({ traceId: TWO, rootName: 'ship', linkedTraceIds: [ONE] }),
  ])
})

test.each<[TraceSummary['gap'], number, Partial<SpanFact>, Partial<Pipeline>]>([
  [null, DAY, { orphan: false }, {}],
  ['not-arrived', 30 * SECOND, {}, {}],
  ['past-retention', 31 * DAY, {}, {}],
  ['lost', DAY, {}, {}],
  ['sampled', DAY, {}, { sampling: { ...COMPANY.sampling, orderTraffic: 0.1 } }],
  // Its caller is a browser, which nobody traces here.
  ['not-traced', DAY, { spanKind: 'server' }, {}],
])('a gap is %s, %d ms later', (gap, later, rest, pipeline) => {
  const spans = [span('shop', 'POST /orders', T, { parentId: 'x', orphan: true, ...rest })]
  const [trace] = toTraces(spans, {}, { ...COMPANY, ...pipeline }, plus(T, later))
  expect(trace?.gap).toBe(gap)
})

test('every lane is drawn, and an optional one only where it has spans', () => {
  const facts = [row('mes', 'PACKAGING', T), span('mes', 'pack', T)]
  const lanes = toLanes(facts, COMPANY)
  expect(lanes.map(({ system }) => system)).toEqual(['shop', 's3', 'crm', 'rabbitmq', 'mes'])
  expect(lanes.at(-1)).toMatchObject({
    coverage: 'traced',
    drawnFrom: ['traces', 'database'],
    factIds: ['row:mes'],
  })
  expect(lanes[0]).toMatchObject({ drawnFrom: [], factIds: [] })
  expect(toLanes([span('shop-web', 'click', T)], COMPANY).at(-1)?.system).toBe('shop-web')
})
