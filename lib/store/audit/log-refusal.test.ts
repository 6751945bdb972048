import { expect, test, vi } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { look } from '../fixtures/audit'
import { logRefusal } from './log-refusal'
import { toAccessEntry } from './to-entry'

/** What is written about one refusal, line by line. */
function written(change: Parameters<typeof logRefusal>[0]): readonly string[] {
  const lines: string[] = []
  vi.spyOn(console, 'warn').mockImplementation((line) => void lines.push(`${line}`))
  logRefusal(change)
  return lines
}

const entry = toAccessEntry(
  look('ORD-000017', { decision: 'deny', reason: 'unknown' }),
  epochMs(1_700_000_000_000),
)

test('is one line that says which rule refused, and finds the row', () => {
  const [line = '', ...more] = written(entry)
  expect(more).toEqual([])
  expect(JSON.parse(line)).toEqual({
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    level: 'notice',
    notice: 'refused',
    requestId: entry.requestId,
    listener: 'staff',
    action: 'journey.view',
    reason: 'unknown',
    status: '404',
  })
})

test('names nobody, no address and no order', () => {
  const [line = ''] = written(entry)
  for (const secret of [
    entry.resourceId,
    entry.actorSub,
    entry.actorIss,
    entry.sessionHash,
    entry.ip,
  ])
    expect(line).not.toContain(secret ?? 'no such thing')
})

test('says of a summary how many more there were', () => {
  const [line = ''] = written({ ...entry, phase: 'summary', idCount: 4_990 })
  expect(JSON.parse(line)).toMatchObject({ notice: 'refused', more: '4990' })
})

test('stays one line, whatever a reason holds', () => {
  const reason = 'a\r\n\u001b[31m</script>${jndi:x}'
  const [line = ''] = written({ ...entry, reason })
  for (const sign of ['\r', '\n', '\u001b']) expect(line).not.toContain(sign)
  expect(JSON.parse(line).reason).toBe(reason)
})
