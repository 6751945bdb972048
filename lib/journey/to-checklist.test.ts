import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mask } from '@/lib/sources/mask'
import { costly } from '@/property-runs'
import { buildJourney } from './build-journey'
import type { Fact, FileFact } from './fact'
import { arbitraryGathered, arbitraryNow } from './fixtures/arbitrary-gathered'
import { COMPANY, COMPANY_THAT_CANCELS } from './fixtures/company'
import { DAY, HOUR, MINUTE, moment, plus } from './fixtures/moment'
import { gather, history, report, row, span } from './fixtures/said'
import type { Milestone, SourceReport } from './journey'
import type { Pipeline } from './pipeline'

const T = moment('2026-11-16T10:00+03:00')
const NOW = plus(T, 4 * DAY)

function check(
  facts: readonly Fact[],
  reports: readonly SourceReport[] = [],
  pipeline: Pipeline = COMPANY_THAT_CANCELS,
): Readonly<Record<string, Milestone>> {
  const { checklist } = buildJourney(gather(facts, NOW, reports), pipeline, NOW)
  expect(checklist.map(({ id }) => id)).toEqual(COMPANY.milestones.map(({ id }) => id))
  return Object.fromEntries(checklist.map((one) => [one.id, one]))
}

const states = (checklist: Readonly<Record<string, Milestone>>) =>
  Object.values(checklist).map(({ state, because }) => (because ? `${state}: ${because}` : state))

/** shop ─ SUBMITTED ── crm took it ── mes PRICE_CALCULATED ── crm has the price */
const priced = [
  ...history('shop', [
    ['INITIATED', T],
    ['FILE_UPLOADED', plus(T, MINUTE)],
    ['SUBMITTED', plus(T, HOUR)],
  ]),
  ...history('mes', [
    ['SUBMITTED', plus(T, HOUR + MINUTE)],
    ['PRICE_CALCULATED', plus(T, 2 * HOUR)],
  ]),
]
const crmKnows = history('crm', [
  ['SUBMITTED', plus(T, HOUR)],
  ['PRICE_CALCULATED', plus(T, 2 * HOUR + MINUTE)],
])
const missing = (source: string) =>
  report(source, NOW, { state: 'missing', reason: 'timeout', asOf: null })

describe('the checklist', () => {
  test('has each point with its moment and its evidence', () => {
    const list = check([...priced, ...crmKnows])
    expect(states(list)).toEqual(['done', 'done', 'done', 'not-yet', 'not-yet', 'not-yet'])
    expect(list.saved).toMatchObject({ at: plus(T, HOUR), system: 'shop' })
    expect(list.uploaded).toMatchObject({ at: plus(T, MINUTE), approximate: null })
    expect(list.priced?.evidence).toContain(`change:mes:PRICE_CALCULATED:${plus(T, 2 * HOUR)}`)
    // What has not come is shown by the record that does not have it.
    expect(list['in-production']).toMatchObject({ system: 'mes', evidence: ['row:mes'] })
  })

  test('does not tick what those who wait for it were not told', () => {
    const behind = history('crm', [['SUBMITTED', plus(T, HOUR)]])
    expect(check([...priced, ...behind]).priced).toMatchObject({
      state: 'not-yet',
      because: 'handoff-open',
      system: 'crm',
      at: null,
    })
    const unseen = check([...priced, ...behind], [missing('orders:shop')])
    expect(unseen.priced).toMatchObject({
      state: 'not-seen',
      because: 'handoff-unseen',
      source: 'orders:shop',
    })
  })

  test.each([
    ['missing', 'source-missing'],
    ['stale', 'source-stale'],
    ['partial', 'source-partial'],
  ] as const)('takes nothing from a record that is %s', (state, because) => {
    const mes = report('orders:mes', NOW, { state, asOf: plus(NOW, -HOUR) })
    const list = check(crmKnows, [mes])
    expect(list['in-production']).toMatchObject({
      state: 'not-seen',
      because,
      source: 'orders:mes',
    })
    // The copy of what was reached is evidence that it was.
    expect(list.priced).toMatchObject({ state: 'done', approximate: 'copy' })
  })

  test('says of a copy of unknown age that its age is unknown', () => {
    const list = check(crmKnows, [report('orders:mes', NOW, { asOf: null })])
    expect(list.sent).toMatchObject({ state: 'not-seen', because: 'age-unknown' })
  })

  test('takes a later status for an earlier one, and does not claim to know when', () => {
    const list = check([row('mes', 'SHIPPED', T), row('crm', 'SHIPPED', T)])
    expect(list['in-production']).toMatchObject({ state: 'done', approximate: 'no-history' })
    const gap = check([
      ...history('mes', [
        ['PRICE_CALCULATED', T],
        ['PACKAGING', plus(T, DAY)],
      ]),
    ])
    expect(gap['in-production']).toMatchObject({
      state: 'done',
      at: plus(T, DAY),
      approximate: 'history-gap',
    })
  })

  test('takes back what a release took back', () => {
    const released = history('mes', [
      ['MANUFACTURING_APPROVED', T],
      ['MANUFACTURING_STARTED', plus(T, HOUR)],
      ['MANUFACTURING_APPROVED', plus(T, 2 * HOUR)],
    ])
    expect(check(released)['in-production']?.state).toBe('not-yet')
  })

  test('expects nothing more of an order that has ended', () => {
    const cancelled = history('crm', [
      ['SUBMITTED', T],
      ['CANCELLED', plus(T, DAY)],
    ])
    const list = check([...history('shop', [['SUBMITTED', T]]), ...cancelled])
    expect(list.saved?.state).toBe('done')
    expect([list.priced, list.sent].map((one) => `${one?.state}: ${one?.because}`)).toEqual([
      'not-on-path: ended',
      'not-on-path: ended',
    ])
  })

  test('concludes nothing from traces alone, nor from a status that nobody described', () => {
    const traced = span('mes', 'order.price', T, { statusTo: 'PRICE_CALCULATED' })
    expect(states(check([traced]))).toEqual(Array(6).fill('not-seen: only-traces'))
    expect(states(check([]))).toEqual(Array(6).fill('not-seen: no-record'))
    expect(check([row('mes', 'MELTED', T)]).priced).toMatchObject({ because: 'unknown-status' })
  })

  test('knows the way of each channel', () => {
    const partner = [row('mes', 'PRICE_CALCULATED', T, { channel: 'partner' })]
    expect(check(partner).saved).toMatchObject({ state: 'done', approximate: 'no-history' })
    // A partner's order begins where it likes: nothing is missing before.
    const whole = history('mes', [['PRICE_CALCULATED', T]], { channel: 'partner' })
    expect(check(whole).saved).toMatchObject({ state: 'done', at: T, approximate: null })
    const [saved] = COMPANY.milestones
    const milestones = COMPANY.milestones.map((one) =>
      one === saved ? { ...one, reached: { shop: 'SUBMITTED' } } : one,
    )
    const list = check(partner, [], { ...COMPANY, milestones })
    expect(list.saved).toMatchObject({ state: 'not-on-path', because: 'channel' })
  })
})

describe('the file', () => {
  const submitted = history('shop', [['SUBMITTED', T]])
  const shop = (rest: Partial<SourceReport>) => report('orders:shop', NOW, rest)

  test('is known by the record that names it, with no moment of its own', () => {
    const named = submitted.map((fact) =>
      fact.kind === 'row' ? { ...fact, attributes: { file_key: mask('a/b.stl', 'B') } } : fact,
    )
    expect(check(named).uploaded).toMatchObject({
      state: 'done',
      at: null,
      system: 'shop',
      evidence: ['row:shop'],
    })
  })

  test('is known by the call that stored it, and not by one that failed', () => {
    const put = span('shop', 'S3.PutObject', T, { duration: 2000 })
    expect(check([...submitted, put]).uploaded).toMatchObject({
      state: 'done',
      at: plus(T, 2000),
      approximate: 'from-spans',
      evidence: [put.id],
    })
    expect(check([...submitted, { ...put, failed: true }]).uploaded?.state).not.toBe('done')
  })

  test.each<[string, Milestone['because'], readonly Fact[], readonly SourceReport[]]>([
    ['is not needed where an order goes on without one', 'no-file', submitted, []],
    ['has not come yet for a cart', null, history('shop', [['INITIATED', T]]), []],
    [
      'cannot be seen where its column is not kept',
      'not-kept',
      submitted,
      [shop({ notKept: ['orders.file_key'] })],
    ],
    [
      'cannot be seen where the shop is silent',
      'source-missing',
      crmKnows,
      [missing('orders:shop')],
    ],
  ])('%s', (_, because, facts, reports) => {
    expect(check(facts, reports).uploaded?.because).toBe(because)
  })

  test('cannot be seen where its key is a template: the storage is not asked', () => {
    const channels = COMPANY.channels.map((one) => ({ ...one, fileKey: '{orderId}.stl' }))
    expect(check(submitted, [], { ...COMPANY, channels }).uploaded?.because).toBe('not-asked')
  })
})

test('nothing is ticked without evidence, and nothing is unticked without a word', () => {
  fc.assert(
    fc.property(arbitraryGathered, arbitraryNow, (gathered, now) => {
      const { checklist, facts } = buildJourney(gathered, COMPANY, now)
      const known = new Set(facts.map(({ id }) => id))
      for (const { state, evidence, because, at } of checklist) {
        expect(evidence.filter((id) => !known.has(id))).toEqual([])
        if (state === 'done') expect(evidence).not.toEqual([])
        if (state !== 'done') expect(at).toBeNull()
        if (state === 'not-seen' || state === 'not-on-path') expect(because).not.toBeNull()
      }
    }),
    costly(), // a whole journey is built each time
  )
})

//   the record     orders/1.stl, 100 bytes
//   the storage    there · another · gone · may not say
describe('what the storage says of the file', () => {
  const kept = {
    file_key: mask('orders/1.stl', 'B'),
    file_size: mask('100', 'A'),
    file_etag: mask('"abc"', 'B'),
  }
  const submitted = [
    ...history('shop', [['SUBMITTED', T]]),
    row('shop', 'SUBMITTED', T, { attributes: kept }),
  ]
  const file = (said: Partial<FileFact>): FileFact => ({
    ...{ id: 'file', source: 's3', system: 's3', kind: 'file', at: T, askedAt: NOW },
    ...{ state: 'there', proven: true, modifiedAt: T, size: 100 },
    attributes: { file_etag: mask('abc', 'B') },
    ...said,
  })

  test.each([
    ['as the record says', file({}), 'done', null],
    ['of another size', file({ size: 99 }), 'not-yet', 'file-differs'],
    [
      'of another etag',
      file({ attributes: { file_etag: mask('x', 'B') } }),
      'not-yet',
      'file-differs',
    ],
    ['gone', file({ state: 'absent', size: null }), 'not-yet', 'file-absent'],
    ['gone, as everything else', file({ state: 'absent', proven: false }), 'done', null],
    ['forbidden', file({ state: 'forbidden', size: null }), 'done', null],
  ] as const)('%s', (_name, said, state, because) => {
    const { uploaded } = check([...submitted, said])
    expect(uploaded).toMatchObject({ state, because })
    expect(uploaded?.evidence.includes('file')).toBe(state === 'not-yet' || said.state === 'there')
  })

  test('it may go once production is over', () => {
    const shipped = [...submitted, ...history('mes', [['SHIPPED', plus(T, DAY)]])]
    const pipeline = { ...COMPANY_THAT_CANCELS, fileNeededUntil: 'MANUFACTURING_COMPLETED' }
    const { uploaded } = check([...shipped, file({ state: 'absent' })], [], pipeline)
    expect(uploaded).toMatchObject({ state: 'done', because: null })
  })
})
