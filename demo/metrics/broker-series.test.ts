import { expect, test } from 'vitest'
import { planOrders } from '@/demo/company/plan-orders'
import { MINUTE } from '@/demo/company/time'
import { brokerSeries } from './broker-series'

const NOW = Date.parse('2026-11-18T11:00:00Z')
const company = planOrders({ seed: 'alexandrite', now: NOW, days: 30 })
const series = brokerSeries(company)

function figure(name: string, queue: string, at: number): number | null {
  const one = series.find(({ labels }) => labels.__name__ === name && labels.queue === queue)
  if (!one) throw new Error(`${queue} has no ${name}`)
  return one.valueAt(at)
}
const gauge = (name: string, queue: string, at: number) =>
  figure(`rabbitmq_detailed_queue_${name}`, queue, at)

test('while a queue is stopped nobody listens, and what is sent waits', () => {
  const past = company.world.incidents.filter(({ until }) => until !== null && until < NOW)
  expect(past.length).toBeGreaterThan(2)
  let waited = 0
  for (const { queue, from, until } of past) {
    expect(gauge('consumers', queue, from + 1)).toBe(0)
    expect(gauge('consumers', queue, from - 60 * MINUTE)).toBe(2)
    const last = (until ?? NOW) - 1
    waited = Math.max(waited, gauge('messages_ready', queue, last) ?? 0)
    const head = gauge('head_message_timestamp', queue, last)
    if (head !== null) expect(head * 1_000).toBeLessThanOrEqual(last)
  }
  expect(waited).toBeGreaterThan(0)
})

test('what was sent waits, is being handled, or is done', () => {
  for (const queue of ['crm_to_mes', 'mes_to_crm'])
    for (let at = NOW - 20 * 24 * 60 * MINUTE; at < NOW; at += 97 * MINUTE) {
      const ready = gauge('messages_ready', queue, at) ?? -1
      const unacked = gauge('messages_unacked', queue, at) ?? -1
      const sent = gauge('messages_published_total', queue, at) ?? 0
      const done = figure('rabbitmq_detailed_channel_messages_acked_total', queue, at) ?? 0
      expect(Math.min(ready, unacked)).toBeGreaterThanOrEqual(0)
      expect(ready + unacked).toBe(sent - done)
    }
})

test('what nobody can handle is counted where it is set aside', () => {
  const letters = company.orders.flatMap(({ deadLetters }) => deadLetters)
  const died = letters.filter(({ diedAt }) => diedAt <= NOW)
  expect(died.length).toBeGreaterThan(0)
  const aside = ['crm_to_mes.dlq', 'mes_to_crm.dlq'].map((queue) =>
    gauge('messages_ready', queue, NOW),
  )
  expect((aside[0] ?? 0) + (aside[1] ?? 0)).toBe(died.length)
})
