import { expect, test } from 'vitest'
import { COMPANY } from '@/lib/journey/fixtures/company'
import { HOUR, moment, plus } from '@/lib/journey/fixtures/moment'
import { history, report } from '@/lib/journey/fixtures/said'
import { toListening } from './to-listening'

const T = moment('2026-11-18T10:00+03:00')
const NOW = plus(T, HOUR)
const mes = report('orders:mes', NOW)

const listened = (...reports: Parameters<typeof report>[]) =>
  toListening(
    { facts: [], traceIds: [], reports: [mes, ...reports.map((one) => report(...one))] },
    COMPANY,
    NOW,
  ).map(({ service, work }) => `${service} ${work}`)

test('where the rows are whole, only what is late on its way is listened for', () => {
  const shop = report('orders:shop', NOW)
  const facts = history('shop', [['SUBMITTED', T]])
  const asked = { facts, traceIds: [], reports: [shop, mes] }
  expect(toListening(asked, COMPANY, NOW)).toEqual([{ service: 'crm-api', work: 'take' }])
  expect(listened(['orders:shop', NOW])).toEqual([])
})

test('where a database is silent or old, whoever hands an order on: its rows cannot tell what is late', () => {
  const all = [
    'crm-api take',
    'crm-api publish',
    'mes-api consume',
    'mes-api publish',
    'crm-api consume',
  ]
  expect(listened(['orders:shop', NOW, { state: 'missing', asOf: null }])).toEqual(all)
  expect(listened(['orders:shop', T, { state: 'stale' }])).toEqual(all)
})
