import { describe, expect, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Fact } from '@/lib/journey/fact'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { HOUR, MINUTE, plus, SECOND } from '@/lib/journey/fixtures/moment'
import { history, report } from '@/lib/journey/fixtures/said'
import { queue, sample } from '@/lib/journey/fixtures/said-of-queues'
import type { SourceReport } from '@/lib/journey/journey'
import type { BrokerSource } from '@/lib/sources/answers'
import { createGuard } from '@/lib/sources/create-guard'
import { AT } from '@/lib/sources/fixtures/test-pipeline'
import { createJaegerSource } from '@/lib/sources/jaeger/client'
import { drawnJaeger, type Twist } from '@/lib/sources/jaeger/fixtures/drawn-jaeger'
import { draw } from '@/lib/sources/jaeger/fixtures/drawn-trace'
import type { RawSpan } from '@/lib/sources/jaeger/raw-span'
import { gatherBeside } from './gather-beside'
import { toGathered } from './to-gathered'

const OWN = 'ORD-000017'
const OTHER = 'ORD-000099'
const NOW = plus(AT, HOUR)
const now = () => NOW

type Scene = {
  readonly facts: readonly Fact[]
  readonly reports?: readonly SourceReport[]
  readonly broker?: BrokerSource
}

/** Where the message is, from what the sources were heard to say; and what Jaeger was asked. */
async function look(
  { facts, reports = [], broker }: Scene,
  spans: readonly RawSpan[],
  twist?: Twist,
) {
  const jaeger = drawnJaeger(spans, twist)
  const traces = createJaegerSource(
    {
      ...{ baseUrl: new URL('http://jaeger.test/'), dialect: 'auto', storage: 'memory' },
      ...{ timeoutMs: 1_000, maxBytes: 1_000_000, fetch: jaeger.fetch, now },
      guard: createGuard({ source: 'jaeger', now }),
    },
    COMPANY,
  )
  const named = new Set(reports.map(({ source }) => source))
  const fresh = ['orders:shop', 'orders:mes'].filter((name) => !named.has(name))
  const rows = {
    ...{ facts, traceIds: [] },
    reports: [...reports, ...fresh.map((name) => report(name, NOW))],
  }
  const components = COMPANY.components.map((one) =>
    one.system === 'rabbitmq' ? { ...one, managementApi: true } : one,
  )
  const pipeline = { ...COMPANY, components }
  const sources = {
    ...{ pipeline, traces, broker: broker ?? null, files: null, metrics: null, now },
    tracedSystems: ['shop', 'crm', 'mes'],
  }
  const beside = await gatherBeside(sources, await permitted(OWN), rows)
  const gathered = toGathered(rows, { ...beside, same: null })
  const { handoffs } = buildJourney({ orderId: OWN, ...gathered }, pipeline, NOW)
  const heard = jaeger
    .searches()
    .filter(({ searchParams }) => searchParams.get('query.attributes')?.includes('span.kind'))
  return { place: handoffs.at(-1)?.located, beside, heard }
}

const later = 20 * MINUTE
const submitted = history('shop', [['SUBMITTED', AT]])
const unkept = report('orders:shop', NOW, { notKept: ['orders.taken_at'] })
const approved = [
  ...history('crm', [
    ['PRICE_CALCULATED', plus(AT, -HOUR)],
    ['MANUFACTURING_APPROVED', AT],
  ]),
  ...history('mes', [['PRICE_CALCULATED', plus(AT, -HOUR)]]),
]
const idle: BrokerSource = {
  async read() {
    const samples = [sample(plus(AT, -MINUTE)), sample(plus(AT, 30 * MINUTE)), sample(NOW)] as const
    return { facts: [queue('crm_to_mes', samples)], alarms: [], report: report('rabbitmq', NOW) }
  },
}

const others = {
  take: draw({ id: 1, trace: 2, at: later, order: OTHER, name: 'order.take' }),
  publish: draw({
    id: 1,
    trace: 2,
    at: later,
    order: OTHER,
    name: 'orders publish',
    kind: 'producer',
  }),
  consume: draw({
    ...{ id: 1, trace: 2, at: later, order: OTHER, name: 'crm_to_mes process' },
    ...{ kind: 'consumer', service: 'mes-api' },
  }),
}
const failed = draw({
  ...{ id: 2, at: MINUTE, order: OWN, name: 'crm_to_mes process', failed: true },
  ...{ kind: 'consumer', service: 'mes-api' },
})
const sent = draw({ id: 1, at: SECOND, order: OWN, name: 'orders publish', kind: 'producer' })

const SCENES = [
  ['15: nobody takes it', { facts: submitted, reports: [unkept] }, [], others.take, 'in-queue', 15],
  ['17: nobody sent it', { facts: approved }, [], others.publish, 'not-sent', 17],
  [
    '12: it failed and was not tried again',
    { facts: approved, broker: idle },
    [sent, failed],
    others.consume,
    'handled-not-saved',
    12,
  ],
] as const satisfies readonly (readonly [
  string,
  Scene,
  readonly RawSpan[],
  RawSpan,
  string,
  number,
])[]

describe.each(SCENES)(
  '%s, where the same is heard of other orders',
  (_, scene, own, other, place, row) => {
    test('is what the message is found by', async () => {
      const found = await look(scene, [...own, other])
      expect(found.place).toMatchObject({ place, row, certainty: 'likely' })
      expect(JSON.stringify(found.beside)).not.toContain(OTHER)
    })

    test('is said of nothing where no other order is heard', async () => {
      const { place: unknown } = await look(scene, own)
      expect(unknown?.row).not.toBe(row)
      expect(unknown?.blindSpots.map(({ code }) => code)).toContain('no-heartbeat')
    })

    test.each([
      ['silent', () => new Response('', { status: 500 })],
      ['at its limit', () => new Response('', { status: 429 })],
    ])('is said of nothing where the trace store is %s', async (_name, answer) => {
      const kinds: Twist = (url) => (url.search.includes('span.kind') ? answer() : undefined)
      expect((await look(scene, [...own, other], kinds)).place?.row).not.toBe(row)
    })
  },
)

test('nobody is listened to while nothing is late', async () => {
  const young = history('shop', [['SUBMITTED', plus(NOW, -MINUTE)]])
  expect((await look({ facts: young }, [others.take])).heard).toEqual([])
})
