import { expect, test } from 'vitest'
import { testPipeline } from '../fixtures/test-pipeline'
import { draw, pollTrace } from './fixtures/drawn-trace'
import { toHeartbeats } from './to-heartbeats'

const hear = (...spans: Parameters<typeof toHeartbeats>[0]) => toHeartbeats(spans, testPipeline())
const doing = (...spans: Parameters<typeof toHeartbeats>[0]) =>
  hear(...spans).map(({ service, work, where }) => [service, work, where])

//   OrderPoller.run ── order.take ── orders publish ── deliver ── S3      fifty times
test('fifty orders of one poll are three doings, each with its first and its last, and none of their ids', () => {
  const beats = toHeartbeats(pollTrace(), testPipeline())
  const doings = new Set(beats.map(({ service, work, name }) => `${service} ${work} ${name}`))
  expect([...doings].sort()).toEqual([
    'crm-api publish orders publish',
    'crm-api take order.take',
    'mes-api consume deliver order.new',
  ])
  expect(beats).toHaveLength(6)
  expect(JSON.stringify(beats)).not.toMatch(/ORD-/)
})

test('what belongs to no order is no sign of life', () => {
  expect(hear(draw({ id: 1, name: 'OrderPoller.run' }), draw({ id: 2, kind: 'consumer' }))).toEqual(
    [],
  )
})

test('taking is what nothing called: neither work within a call, nor work whose caller is not there', () => {
  const call = draw({ id: 1, kind: 'server', order: 'ORD-000001' })
  expect(doing(call, draw({ id: 2, under: 1 }))).toEqual([['crm-api', 'serve', null]])
  expect(doing(draw({ id: 2, under: 1, order: 'ORD-000001' }))).toEqual([])
})

test.each([
  ['orders', undefined, 'orders'],
  ['orders:order.new:crm_to_mes', undefined, 'crm_to_mes'],
  ['amq.default', 'crm_to_mes', 'crm_to_mes'],
  ['elsewhere', undefined, 'elsewhere'],
])('a message to %s by %s was on %s', (said, key, where) => {
  const tags = {
    'messaging.destination.name': said,
    ...(key && { 'messaging.rabbitmq.destination.routing_key': key }),
  }
  expect(doing(draw({ id: 1, kind: 'producer', order: 'ORD-000001', tags }))).toEqual([
    ['crm-api', 'publish', where],
  ])
})

test('processes are told apart, and one that is named after an order is none', () => {
  const by = (id: number, instance: string) =>
    draw({
      ...{ id, kind: 'consumer', order: 'ORD-000001' },
      ...{ tags: { 'service.instance.id': instance } },
    })
  const processes = hear(by(1, 'one'), by(2, 'two'), by(3, 'ORD-000002')).map((one) => one.process)
  expect(new Set(processes)).toEqual(new Set(['one', 'two', null]))
})

test('another company’s services, and another environment, are not heard', () => {
  expect(hear(draw({ id: 1, kind: 'server', order: 'ORD-000001', service: 'billing' }))).toEqual([])
  const staging = draw({ id: 1, kind: 'server', order: 'ORD-000001', environment: 'staging' })
  expect(hear(staging)).toEqual([])
})
