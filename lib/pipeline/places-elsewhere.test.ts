import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Fact } from '@/lib/journey/fact'
import { HOUR, moment, plus, SECOND } from '@/lib/journey/fixtures/moment'
import { history, report } from '@/lib/journey/fixtures/said'
import { queue, sample } from '@/lib/journey/fixtures/said-of-queues'
import { parsePipeline } from './parse-pipeline'

const file = fileURLToPath(new URL('./fixtures/second-company.yaml', import.meta.url))
const PIPELINE = parsePipeline(readFileSync(file, 'utf8'), 'second-company.yaml')

const T = moment('2026-11-18T10:00+00:00')
const NOW = plus(T, HOUR)
const HOMES: Readonly<Record<string, string>> = { pagamentos: 'financas', expedicao: 'oficina' }
const counter = { channel: 'balcao' }

/** What the workshop's three databases say, each from its own. */
const at = (facts: readonly Fact[]) =>
  facts.map((fact) => ({ ...fact, source: `orders:${HOMES[fact.system] ?? fact.system}` }))

function place(facts: readonly Fact[]) {
  const sources = [
    report('orders:loja', NOW, { systems: ['loja'] }),
    report('orders:financas', NOW, { systems: ['pagamentos'] }),
    report('orders:oficina', NOW, { systems: ['oficina', 'expedicao'] }),
    report('jaeger', NOW, { systems: ['loja', 'oficina'] }),
  ]
  const gathered = { orderId: 'pt-2041-abc', facts, sources, otherOrders: {}, same: null }
  return buildJourney(gathered, PIPELINE, NOW).handoffs.at(-1)?.located
}

describe('the place of a message in another company', () => {
  test('is its queue, where nobody listens', () => {
    const paid = history('pagamentos', [['pago', T, { sentAt: plus(T, SECOND) }]], counter)
    const dead = { ready: 3, consumers: 0 }
    const read = queue('oficina.encomendas', [
      sample(T, dead),
      sample(plus(NOW, -30 * SECOND), dead),
      sample(NOW, dead),
    ])
    expect(place([...at(paid), read])).toMatchObject({
      place: 'in-queue',
      row: 8,
      certainty: 'confirmed',
      queue: { name: 'oficina.encomendas', state: 'dead' },
    })
  })

  test('is with its sender, where a call was never made', () => {
    const ordered = history('loja', [['encomendado', T, { sentAt: null }]], counter)
    expect(place(at(ordered))).toMatchObject({ place: 'not-sent', row: 16, certainty: 'confirmed' })
  })

  test('is the table, where nobody has taken it', () => {
    const ready = history('oficina', [['pronto', T]], counter)
    expect(place(at(ready))).toMatchObject({ place: 'in-queue', row: 9, certainty: 'confirmed' })
  })
})
