import type { Calendar, Weekday } from './pipeline'
import { type EpochMs, epochMs } from './types'

/** Business time of one calendar. Remembers what it worked out: make one per calendar, and keep it. */
export type Clock = {
  /** Business milliseconds from one moment to a later one; 0 where `until` is not later. */
  businessMsBetween(from: EpochMs, until: EpochMs): number
  /** The first moment at which `ms` of business time have passed since `from`. */
  addBusinessMs(from: EpochMs, ms: number): EpochMs
}

const MINUTE = 60_000
const DAY = 86_400_000
/** Offsets are read this often; a zone is taken not to leave an offset and return to it in between. */
const STEP_DAYS = 8
const STEP = STEP_DAYS * DAY
/** 2200-01-01. Business time is counted between 1970 and here: a wrong year costs nobody a second. */
const HORIZON = 7_258_118_400_000
/** 1 January 1970 was a Thursday. */
const WEEK: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed']

/** One business day: eight business hours. */
export const BUSINESS_DAY_MS = 8 * 60 * MINUTE

type Span = readonly [start: number, end: number]
type Day = { readonly spans: readonly Span[]; readonly total: number }

/**
 * A clock that runs only in working hours. Local times are the zone's own, across changes of the clocks.
 *
 *     Fri 17:00 ──1h── 18:00 · · · weekend · · · Mon 09:00 ──4h── 13:00 · lunch · 14:00 ──3h── 17:00
 *     addBusinessMs(Fri 17:00, 8h) = Mon 17:00
 */
export function createClock(calendar: Calendar): Clock {
  const offsets = createOffsets(calendar.timeZone)
  const holidays = new Set(calendar.holidays.map(toDayNumber))
  const workdays = new Set<Weekday>(calendar.days)
  const days = new Map<number, Day>()

  const plainTotal = calendar.hours.reduce((sum, [from, to]) => sum + (to - from) * MINUTE, 0)
  const weekdays = WEEK.map((weekday) => workdays.has(weekday))

  const works = (day: number) => weekdays[((day % 7) + 7) % 7] === true && !holidays.has(day)
  const dayAt = (day: number): Day => {
    if (!works(day)) return NO_DAY
    const known = days.get(day)
    if (known) return known
    const made = toDay(day, calendar.hours, offsets)
    days.set(day, made)
    return made
  }
  // Only the days near a change of the clocks are worked out one by one.
  const totalOf = (day: number) => {
    if (!works(day)) return 0
    return offsets.steady(day) ? plainTotal : dayAt(day).total
  }
  const dayOf = (at: number) => Math.floor((at + offsets.offset(at)) / DAY)

  return {
    businessMsBetween(from, until) {
      const start = Math.min(Math.max(from, 0), HORIZON)
      const end = Math.min(until, HORIZON)
      if (!(end > start)) return 0
      // A change of the clocks at midnight may give a day to its neighbour: one more on either side.
      const first = dayOf(start) - 1
      const last = dayOf(end) + 1
      let total = 0
      for (let day = first; day <= last; day++) {
        const edge = day < first + 3 || day > last - 3
        total += edge ? within(dayAt(day).spans, start, end) : totalOf(day)
      }
      return total
    },

    addBusinessMs(from, ms) {
      if (!(ms > 0)) return from
      const start = Math.max(from, 0)
      const last = dayOf(HORIZON)
      let left = ms
      for (let day = dayOf(Math.min(start, HORIZON)) - 1; day <= last; day++) {
        for (const [opens, closes] of dayAt(day).spans) {
          const begin = Math.max(opens, start)
          if (closes <= begin) continue
          if (closes - begin >= left) return epochMs(begin + left)
          left -= closes - begin
        }
      }
      return epochMs(Math.max(from, HORIZON))
    },
  }
}

const NO_DAY: Day = { spans: [], total: 0 }

const within = (spans: readonly Span[], from: number, until: number) =>
  spans.reduce(
    (sum, [start, end]) => sum + Math.max(0, Math.min(end, until) - Math.max(start, from)),
    0,
  )

function toDay(day: number, hours: Calendar['hours'], offsets: Offsets): Day {
  const spans = hours
    .map(([from, to]): Span => {
      const start = offsets.firstAt(day * DAY + from * MINUTE)
      return [start, Math.max(start, offsets.firstAt(day * DAY + to * MINUTE))]
    })
    .toSorted((a, b) => a[0] - b[0])
  return { spans, total: spans.reduce((sum, [start, end]) => sum + end - start, 0) }
}

type Offsets = {
  /** Local time minus UTC, in milliseconds. */
  offset(at: number): number
  /** The first moment at which the zone's clocks show this local time or a later one. */
  firstAt(local: number): number
  /** Whether the zone's clocks surely do not change around this local day. */
  steady(day: number): boolean
}

/**
 * Offsets of a zone, read from `Intl` once in eight days and exactly at their changes.
 *
 *     offset  ───── +1 ─────┐                 forward: 02:00–03:00 do not exist, and begin at the change
 *                           └──── +2 ────     back:    02:00–03:00 come twice, and begin the first time
 */
function createOffsets(timeZone: string): Offsets {
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const read = (at: number) => {
    const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, second = 0] =
      format.format(at).match(/\d+/g)?.map(Number) ?? []
    const local = toDays(year, month, day) * DAY + (hour * 3600 + minute * 60 + second) * 1000
    return local - Math.floor(at / 1000) * 1000
  }

  const steps = new Map<number, number>()
  const atStep = (step: number) => {
    const known = steps.get(step)
    if (known !== undefined) return known
    const offset = read(step * STEP)
    steps.set(step, offset)
    return offset
  }

  const changes = new Map<number, number>()
  const changeIn = (step: number) => {
    const known = changes.get(step)
    if (known !== undefined) return known
    const before = atStep(step)
    let [low, high] = [step * STEP, (step + 1) * STEP]
    while (high - low > MINUTE) {
      const middle = Math.floor((low + high) / (2 * MINUTE)) * MINUTE
      if (read(middle) === before) low = middle
      else high = middle
    }
    changes.set(step, high)
    return high
  }

  const offset = (at: number) => {
    const step = Math.floor(at / STEP)
    const [before, after] = [atStep(step), atStep(step + 1)]
    return before === after || at < changeIn(step) ? before : after
  }

  const firstAt = (local: number) => {
    const [before, after] = [offset(local - DAY), offset(local + DAY)]
    if (before === after) return local - before
    const step = Math.floor((local - DAY) / STEP)
    const change = changeIn(atStep(step) === atStep(step + 1) ? step + 1 : step)
    return local - before < change ? local - before : Math.max(change, local - after)
  }

  const steady = (day: number) => {
    const [first, last] = [Math.floor((day - 1) / STEP_DAYS), Math.floor((day + 2) / STEP_DAYS)]
    return atStep(first) === atStep(last + 1) && atStep(first) === atStep(last)
  }

  return { offset, firstAt, steady }
}

/** A date such as `2026-01-01` as days since 1970-01-01, in no zone. */
export function toDayNumber(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.split('-').map(Number)
  return toDays(year, month, day)
}

/** Days since 1970-01-01 of a Gregorian date; years are counted from March, so that leap days come last. */
function toDays(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra =
    yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
