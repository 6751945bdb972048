// Long, because whose a span is has many drawings, and they are read side by side.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costly } from '@/property-runs'
import { testPipeline } from '../fixtures/test-pipeline'
import { attributeOrders } from './attribute-orders'
import { chooseSpans } from './choose-spans'
import { type Drawn, draw, pollTrace, spanId, traceId } from './fixtures/drawn-trace'
import type { RawSpan } from './raw-span'

const pipeline = testPipeline()

function factsOf(spans: readonly RawSpan[], order = 'ORD-000017', known: readonly number[] = []) {
  const attribution = attributeOrders(spans, pipeline)
  const { chosen, toFact, otherOrders } = chooseSpans(
    attribution,
    order,
    new Set(known.map(traceId)),
    pipeline,
  )
  return { facts: chosen.map(toFact), otherOrders, foreign: [...attribution.foreign] }
}

/** [span number, whose] of what is kept; `shared` where it is. */
const ownersOf = (drawn: readonly Drawn[]) =>
  factsOf(drawn.map(draw)).facts.map((fact) => [
    Number.parseInt(fact.spanId, 16),
    fact.shared ? 'shared' : 'own',
  ])

describe('a poll that takes fifty orders', () => {
  test('gives the spans of one, two shared ones, and the count of the others', () => {
    const { facts, otherOrders } = factsOf(pollTrace())
    expect(pollTrace()).toHaveLength(252)
    expect(facts.map(({ name, shared, failed }) => [name, shared, failed])).toEqual([
      ['OrderPoller.run', true, false],
      ['SELECT shop.orders', true, true],
      ['order.take', false, false],
      ['UPDATE shop.orders', false, false],
      ['orders publish', false, false],
      ['deliver order.new', false, false],
      ['S3.GetObject', false, false],
    ])
    expect(otherOrders).toEqual({ [traceId(1)]: 49 })
  })

  test('lets no id of another order out, not even in the attribute of a span that is ours', () => {
    const strange = draw({
      id: 900,
      under: 3,
      tags: { 'messaging.message.id': 'm-ORD-100001-1', 'partner.id': 'p' },
      name: 'S3.ORD-100002',
    })
    const answer = factsOf([...pollTrace(), strange])
    expect(JSON.stringify(answer)).not.toMatch(/ORD-1000/)
    expect(answer.facts.find((fact) => fact.spanId === spanId(900))).toMatchObject({
      attributes: { 'partner.id': { value: 'p' } },
      hidden: 1,
      name: 'S3.{id}',
    })
  })

  test('shares a span whose own parent still runs', () => {
    const { facts } = factsOf(pollTrace().filter((span) => span.spanId !== spanId(6)))
    expect(facts.find((fact) => fact.spanId === spanId(7))).toMatchObject({
      shared: true,
      orphan: true,
      attributes: {},
      parentId: spanId(6),
    })
  })

  test('says the same in any order and however often', () => {
    const spans = pollTrace()
    const expected = factsOf(spans)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(spans.slice(), { minLength: spans.length, maxLength: spans.length }),
        fc.subarray(spans.slice()),
        (shuffled, again) => {
          expect(factsOf([...shuffled, ...again])).toEqual(expected)
        },
      ),
      { numRuns: 30 },
    )
  })
})

describe('whose a span is', () => {
  test('is said by its own id in any alias and form, in the canonical case', () => {
    const forms: readonly Drawn['tags'][] = [
      { 'order.id': 'ord-000017' },
      { order_id: ' ORD-000017 ' },
      { orderId: ['ORD-000017'] },
      { 'messaging.header.x_order_id': '["ORD-000017"]' },
      { 'messaging.header.x-order-id': '["ORD-000017"]' },
    ]
    expect(
      ownersOf(forms.map((tags, id) => ({ id: id + 1, trace: id + 1, tags: tags ?? {} }))),
    ).toEqual([1, 2, 3, 4, 5].map((id) => [id, 'own']))
  })

  test('is not said by several ids, nor by one that does not fit', () => {
    expect(
      ownersOf([
        { id: 1, order: 'ORD-000017' },
        { id: 2, tags: { 'order.id': ['ORD-000017', 'ORD-000018'] } },
        { id: 3, tags: { 'order.id': '["ORD-000017","ORD-000018"]' } },
        { id: 4, tags: { 'order.id': 'ORD-000017', order_id: 'ORD-000018' } },
        { id: 5, order: 'ORD-17' },
      ]),
    ).toEqual([
      [1, 'own'],
      [2, 'shared'],
      [3, 'shared'],
      [4, 'shared'],
      [5, 'shared'],
    ])
  })

  test('is said by the only link of a consumer without a parent, also from another trace', () => {
    expect(
      ownersOf([
        { id: 1, order: 'ORD-000017' },
        { id: 2, under: 1, kind: 'producer' },
        { id: 3, trace: 2, kind: 'consumer', links: [[1, 2]] },
        { id: 4, trace: 2, under: 3 },
        {
          id: 5,
          trace: 2,
          kind: 'consumer',
          links: [
            [1, 2],
            [9, 9],
          ],
        },
        { id: 6, trace: 2, kind: 'internal', links: [[1, 2]] },
      ]),
    ).toEqual([
      [1, 'own'],
      [2, 'own'],
      [3, 'own'],
      [4, 'own'],
      [5, 'shared'],
      [6, 'shared'],
    ])
  })

  test('is nobody’s where a loop left its last id on the span around it', () => {
    const loop = (outer: string): readonly Drawn[] => [
      { id: 1, order: outer },
      { id: 2, under: 1, order: 'ORD-000017' },
      { id: 3, under: 1, order: 'ORD-000018' },
      { id: 4, under: 1, order: 'ORD-000019' },
      { id: 5, under: 1 },
    ]
    expect(ownersOf(loop('ORD-000017'))).toEqual([
      [1, 'shared'],
      [2, 'own'],
      [5, 'shared'],
    ])
    // One other id below is a hand-over, no loop.
    expect(ownersOf(loop('ORD-000017').filter(({ id }) => id !== 4))).toEqual([
      [1, 'own'],
      [2, 'own'],
      [5, 'own'],
    ])
  })

  test('is a matter of this environment only', () => {
    const spans = [
      draw({ id: 1, order: 'ORD-000017', environment: 'prod' }),
      draw({ id: 2, order: 'ORD-000017', environment: 'staging' }),
      draw({ id: 3, order: 'ORD-000017' }),
      draw({ id: 4, order: 'ORD-000017', tags: { 'deployment.environment': 'test' } }),
    ]
    const { facts, foreign } = factsOf(spans)
    expect(facts.map(({ spanId: id }) => id)).toEqual([spanId(1), spanId(3)])
    expect(foreign).toEqual([['crm-api', 2]])
  })

  test('leaves a trace out that names no span of the order, unless it is known by its id and names none', () => {
    const spans = [
      draw({ id: 1, trace: 1 }),
      draw({ id: 2, trace: 2 }),
      draw({ id: 3, trace: 3, order: 'ORD-000018' }),
      draw({ id: 4, trace: 3 }),
    ]
    expect(factsOf(spans, 'ORD-000017', [1, 3]).facts.map(({ spanId: id }) => id)).toEqual([
      spanId(1),
    ])
  })
})

describe('the tree', () => {
  test('cuts circles and self-references, and marks what lost its parent', () => {
    const drawn: readonly Drawn[] = [
      { id: 1, under: 3, order: 'ORD-000017' },
      { id: 2, under: 1, order: 'ORD-000017' },
      { id: 3, under: 2, order: 'ORD-000017' },
      { id: 4, under: 4, order: 'ORD-000017' },
      { id: 5, under: 99, order: 'ORD-000017' },
    ]
    const { facts } = factsOf(drawn.map(draw))
    expect(facts.map(({ spanId: id, parentId, orphan }) => [id, parentId, orphan])).toEqual([
      [spanId(1), null, true],
      [spanId(2), spanId(1), false],
      [spanId(3), spanId(2), false],
      [spanId(4), null, true],
      [spanId(5), spanId(99), true],
    ])
  })

  test('never walks in circles, whatever the parents and links', () => {
    const shape = fc.array(
      fc.record({
        under: fc.option(fc.nat(12), { nil: undefined }),
        trace: fc.integer({ min: 1, max: 2 }),
        order: fc.option(fc.constantFrom('ORD-000017', 'ORD-000018', 'ORD-000019'), {
          nil: undefined,
        }),
        kind: fc.constantFrom('consumer' as const, 'internal' as const),
        link: fc.nat(12),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(shape, fc.integer(), (spans, seed) => {
        const drawn = spans.map(({ under, order, link, ...rest }, id) =>
          draw({
            id: id + 1,
            ...(under === undefined ? {} : { under: under + 1 }),
            ...(order === undefined ? {} : { order }),
            links: [[rest.trace, link + 1]],
            ...rest,
          }),
        )
        const expected = factsOf(drawn)
        const turn = drawn.length > 0 ? Math.abs(seed) % drawn.length : 0
        expect(factsOf([...drawn.slice(turn), ...drawn.slice(0, turn), ...drawn])).toEqual(expected)
        expect(JSON.stringify(expected)).not.toMatch(/ORD-00001[89]/)
        for (const fact of expected.facts) expect(depthOf(fact.id, expected.facts)).toBeLessThan(13)
      }),
      costly(), // a dozen spans are drawn, in two orders, each time
    )
  })

  test('takes the fuller of two spans with one id', () => {
    const { facts } = factsOf([
      draw({ id: 1, order: 'ORD-000017' }),
      draw({ id: 1, order: 'ORD-000017', failed: true }),
    ])
    expect(facts).toMatchObject([{ failed: true }])
  })
})

function depthOf(
  id: string,
  facts: readonly { id: string; traceId: string; parentId: string | null }[],
): number {
  let depth = 0
  for (let at = facts.find((fact) => fact.id === id); at?.parentId && depth < 20; depth += 1) {
    const { traceId: trace, parentId } = at
    at = facts.find((fact) => fact.id === `jaeger:${trace}:${parentId}`)
  }
  return depth
}

describe('a fact', () => {
  test('says the status a span or its last event names', () => {
    const changed = (at: number, to: string) => ({
      name: 'order.status_changed',
      at: draw({ id: at }).start,
      tags: new Map([['order.status', to]]),
    })
    const { facts } = factsOf([
      draw({
        id: 1,
        order: 'ORD-000017',
        tags: { 'order.status.to': 'SUBMITTED', 'order.previous_status': 'INITIATED' },
      }),
      draw({
        id: 2,
        order: 'ORD-000017',
        events: [changed(9, 'SHIPPED'), changed(5, 'PACKAGING')],
      }),
      draw({ id: 3, order: 'ORD-000017' }),
    ])
    expect(facts.map(({ statusFrom, statusTo }) => [statusFrom, statusTo])).toEqual([
      ['INITIATED', 'SUBMITTED'],
      [null, 'SHIPPED'],
      [null, null],
    ])
  })

  test('names a configured service with its system, and hides any other', () => {
    const { facts } = factsOf(
      ['mes-api', 'jane@example.com'].map((service, id) =>
        draw({ id: id + 1, order: 'ORD-000017', service }),
      ),
    )
    expect(facts.map(({ service, system }) => [service, system])).toEqual([
      ['mes-api', 'mes'],
      ['[service]', 'unknown'],
    ])
  })

  test('marks a consumer that nothing leads to', () => {
    const consumer = { kind: 'consumer', order: 'ORD-000017' } as const
    const { facts } = factsOf([
      draw({ ...consumer, id: 1 }),
      draw({ ...consumer, id: 2, links: [[7, 7]] }),
      draw({ ...consumer, id: 3, under: 1 }),
      draw({ id: 4, order: 'ORD-000017' }),
    ])
    expect(facts.map(({ contextBroken }) => contextBroken)).toEqual([true, false, false, false])
  })

  test('keeps the two warnings that matter', () => {
    const warnings = [
      "This span's timestamps were adjusted by 1.5ms",
      'trace has more than 100 spans, showing first 100 spans only',
      'clock skew adjustment disabled; not applying calculated delta of 1s',
      'mail jane@example.com',
    ]
    const { facts } = factsOf([draw({ id: 1, order: 'ORD-000017', warnings })])
    expect(facts[0]?.warnings).toEqual(warnings.slice(0, 2))
  })
})
