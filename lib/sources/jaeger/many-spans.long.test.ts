import { expect, test } from 'vitest'
import { AT } from '../fixtures/test-pipeline'
import { ORDER, setUp } from './fixtures/drawn-look-up'
import { draw, traceId } from './fixtures/drawn-trace'

test('stops at 20,000 spans and says that these are the first', { timeout: 60_000 }, async () => {
  const spans = Array.from({ length: 20_500 }, (_, index) => draw({ id: index + 1, order: ORDER }))
  const { read } = setUp(spans, undefined, { timeoutMs: 30_000 })
  const { facts, report } = await read({ traceIds: [traceId(1)], moments: [AT] })
  expect(facts).toHaveLength(20_000)
  expect(report.notes).toContainEqual({ code: 'first-spans-only', values: { spans: 20_000 } })
})
