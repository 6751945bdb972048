import { describe, expect, it } from 'vitest'
import type { SpanFactView } from '@/lib/journey/journey-view'
import { epochMs } from '@/lib/journey/types'
import { exampleView } from '../fixtures/example-view'
import { groupAttempts } from './group-attempts'

const base = exampleView.facts.find((fact) => fact.kind === 'span')
const span = (id: string, at: number, more: Partial<SpanFactView>): SpanFactView => {
  if (base?.kind !== 'span') throw new Error('The example has no span')
  return { ...base, id, at: epochMs(at), duration: 10, parentId: 'p', spanKind: 'client', ...more }
}
const grouped = (...spans: readonly SpanFactView[]) =>
  groupAttempts(spans).map((group) => group.map(({ id }) => id))

describe('groupAttempts', () => {
  it('joins deliveries of one message', () => {
    const taken = { spanKind: 'consumer', links: [{ traceId: 't', spanId: 'sent' }] } as const
    const other = { spanKind: 'consumer', links: [{ traceId: 't', spanId: 'else' }] } as const
    expect(
      grouped(
        span('a', 0, { ...taken, failed: true }),
        span('x', 5, other),
        span('b', 20, { ...taken, failed: true }),
        span('c', 90, taken),
      ),
    ).toEqual([['a', 'b', 'c']])
  })

  it('joins repeats of a call that failed', () => {
    expect(
      grouped(
        span('a', 0, { failed: true }),
        span('b', 20, { failed: true }),
        span('c', 40, {}),
        span('d', 60, {}),
      ),
    ).toEqual([['a', 'b', 'c']])
  })

  it('leaves apart what was well the first time', () => {
    expect(grouped(span('a', 0, {}), span('b', 20, {}), span('c', 40, {}))).toEqual([])
  })

  it.each<readonly [string, Partial<SpanFactView>]>([
    ['another call', { name: 'GET /else' }],
    ['another parent', { parentId: 'q' }],
    ['another trace', { traceId: 'other' }],
  ])('leaves apart %s', (_, more) => {
    expect(grouped(span('a', 0, { failed: true }), span('b', 20, more))).toEqual([])
  })

  it('takes calls at the same time for no repeats', () => {
    expect(grouped(span('a', 0, { failed: true }), span('b', 5, {}))).toEqual([])
  })
})
