import { expect, test } from 'vitest'
import { mask } from '@/lib/sources/mask'
import { findPlacer } from './find-placer'
import { COMPANY } from './fixtures/company'
import { moment } from './fixtures/moment'
import { row } from './fixtures/said'
import { toCourse } from './to-course'
import { toRecords } from './to-records'

const T = moment('2026-11-18T10:00+03:00')
const RENAMED = COMPANY.channels.map((channel) =>
  channel.id === 'partner' ? { ...channel, id: 'wholesale' } : channel,
)
const PIPELINE = { ...COMPANY, channels: RENAMED }

test.each([
  ['shop', {}, 'customer'],
  ['wholesale', {}, 'partner'],
  ['shop', { partner_id: mask('p-1', 'A') }, 'partner'],
  [null, {}, 'customer'],
] as const)('an order of the channel %s that names %o is of the %s', (channel, attributes, who) => {
  const course = toCourse(PIPELINE, channel)
  const records = toRecords([row('shop', 'SUBMITTED', T, { attributes })], course)
  expect(findPlacer(records, course)).toBe(who)
})
