import { expect, test } from 'vitest'
import { toClockHops } from './to-clock-hops'

const span = (spanId: string, parentId: string | null, system: string, clockShift = 0) => ({
  traceId: 't',
  spanId,
  parentId,
  system,
  clockShift,
})

test('says for each pair of systems how far their clocks are apart', () => {
  expect(
    toClockHops([
      span('1', null, 'crm'),
      span('2', '1', 'mes', 240),
      span('3', '2', 'mes', 240),
      span('4', '1', 'mes', 0),
      span('5', '1', 'mes', 260.0001),
      span('6', '3', 'crm', 0),
      span('7', 'gone', 'mes', 5),
    ]),
  ).toEqual([
    { from: 'crm', to: 'mes', delta: 260, least: 240, most: 260, calls: 3, moved: 2 },
    { from: 'mes', to: 'crm', delta: -240, least: -240, most: -240, calls: 1, moved: 1 },
  ])
})

test('says of one system only that its own hosts differ', () => {
  expect(toClockHops([span('1', null, 'crm'), span('2', '1', 'crm')])).toEqual([])
  expect(toClockHops([span('1', null, 'crm'), span('2', '1', 'crm', 30)])).toMatchObject([
    { from: 'crm', to: 'crm', delta: 30 },
  ])
})
