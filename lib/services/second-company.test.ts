import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { buildJourney } from '@/lib/journey/build-journey'
import { DAY, HOUR, MINUTE, plus } from '@/lib/journey/fixtures/moment'
import {
  ORDERED,
  SECOND_NOW,
  secondCompanyGathered,
} from '@/lib/journey/fixtures/second-company-gathered'
import { parsePipeline } from '@/lib/pipeline/parse-pipeline'

const FILE = '../pipeline/fixtures/second-company.yaml'
const pipeline = parsePipeline(
  readFileSync(fileURLToPath(new URL(FILE, import.meta.url)), 'utf8'),
  FILE,
)
const journey = buildJourney(secondCompanyGathered, pipeline, SECOND_NOW)

describe('a company that shares nothing with the default one', () => {
  test('has its journey told by its own file', () => {
    expect(journey.channel).toBe('balcao')
    expect(journey.stages.map(({ status, system, level }) => [status, system, level])).toEqual([
      ['encomendado', 'loja', 'ok'],
      ['pago', 'pagamentos', 'ok'],
      // Tuesday 09:00 to Friday 09:00 is 24 of 24 hours.
      ['em soldadura', 'oficina', 'warn'],
      ['pronto', 'oficina', 'ok'],
      ['em soldadura', 'oficina', 'ok'],
    ])
    expect(journey.current).toMatchObject({
      status: 'em soldadura',
      since: plus(ORDERED, 4 * DAY + 3 * HOUR),
      turn: 'operator',
      approximate: null,
    })
    expect(journey.coming.map(({ status }) => status)).toEqual(['pronto', 'entregue'])
  })

  test('is judged by its own clock: six days a week, without the night', () => {
    // Fri 12:00 ─ ½h+4h ─ Sat 8h ─ · ─ Mon 08:30 ── 5½h ── 15:00
    expect(journey.stages.at(-1)?.businessDwell).toBe(18 * HOUR)
  })

  test('has its own hand-offs, over its own transports', () => {
    expect(
      journey.handoffs.map(({ from, to, state, transport }) => [from, to, state, transport]),
    ).toEqual([
      ['loja', 'pagamentos', 'saved', 'http'],
      ['pagamentos', 'oficina', 'saved', 'amqp'],
      ['oficina', 'expedicao', 'closed', 'db-poll'],
    ])
    expect(journey.handoffs[1]?.limit?.warn).toEqual({ clock: 'wall', ms: 15 * MINUTE })
  })

  test('has its own blind spots', () => {
    const codes = journey.blindSpots.map(({ code, system }) => [code, system])
    expect(codes).toContainEqual(['not-traced', 'pagamentos'])
    expect(codes).toContainEqual(['not-traced', 'expedicao'])
    expect(codes).toContainEqual(['history-missing', 'pagamentos'])
    expect(codes).toContainEqual(['context-broken', 'oficina'])
    expect(codes).toContainEqual(['sampled', null])
    expect(codes).toContainEqual(['past-retention', null])
  })

  test('has its own checklist', () => {
    expect(journey.checklist.map(({ id, state, because }) => [id, state, because])).toEqual([
      ['encomenda', 'done', null],
      ['desenho', 'not-seen', 'not-asked'],
      ['pagamento', 'done', null],
      ['entrega', 'not-yet', null],
    ])
    expect(journey.expected.map(({ status }) => status)).toEqual(['pronto', 'entregue'])
  })

  test('keeps its own promise', () => {
    expect(journey.promise).toMatchObject({ started: plus(ORDERED, 2 * HOUR), level: 'ok' })
  })
})
