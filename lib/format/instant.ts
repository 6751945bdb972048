import type { Locale } from './locale'

export type Precision = 'day' | 'minute' | 'second' | 'millisecond'

const MONTHS: Record<Locale, readonly string[]> = {
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  ru: [
    'янв.',
    'февр.',
    'марта',
    'апр.',
    'мая',
    'июня',
    'июля',
    'авг.',
    'сент.',
    'окт.',
    'нояб.',
    'дек.',
  ],
}

type Fields = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
  readonly second: number
}

/** `18 Nov 2026, 14:05:09`: an instant on the wall of a zone, 24 hours; the zone is written by `formatZone`. */
export function formatInstant(
  at: number,
  locale: Locale,
  timeZone: string,
  precision: Precision = 'second',
): string {
  const { year, month, day } = toFields(at, timeZone)
  const date = `${day} ${MONTHS[locale][month - 1]} ${year}`
  return precision === 'day' ? date : `${date}, ${formatClock(at, timeZone, precision)}`
}

/** `18 Nov`, without the year. */
export function formatDay(at: number, locale: Locale, timeZone: string): string {
  const { month, day } = toFields(at, timeZone)
  return `${day} ${MONTHS[locale][month - 1]}`
}

/** `14:05`, `14:05:09` or `14:05:09.123`. */
export function formatClock(
  at: number,
  timeZone: string,
  precision: Exclude<Precision, 'day'> = 'minute',
): string {
  const { hour, minute, second } = toFields(at, timeZone)
  const text = `${two(hour)}:${two(minute)}`
  if (precision === 'minute') return text
  if (precision === 'second') return `${text}:${two(second)}`
  return `${text}:${two(second)}.${String(Math.floor(at) - Math.floor(at / 1000) * 1000).padStart(3, '0')}`
}

/** `UTC+3`, `UTC−9:30`, `UTC`: what the zone's clock shows at that instant. */
export function formatZone(at: number, timeZone: string): string {
  const minutes = toOffsetMinutes(at, timeZone)
  if (minutes === 0) return 'UTC'
  const size = Math.abs(minutes)
  const rest = size % 60 === 0 ? '' : `:${two(size % 60)}`
  return `UTC${minutes < 0 ? '−' : '+'}${Math.floor(size / 60)}${rest}`
}

/** Minutes a zone is ahead of UTC at an instant; negative to the west. */
export function toOffsetMinutes(at: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = toFields(at, timeZone)
  const asIfUtc = Date.UTC(year, month - 1, day, hour, minute, second)
  return Math.round((asIfUtc - Math.floor(at / 1000) * 1000) / 60_000)
}

/** True for a name that Intl knows, such as `Europe/Moscow`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false // Intl throws for names it does not know: that is the answer.
  }
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Within a minute only the seconds differ, and Intl is slow: a timeline asks for hundreds in every frame. */
const minutes = new Map<string, Omit<Fields, 'second'>>()
const MANY = 4_000

function toFields(at: number, timeZone: string): Fields {
  const minute = Math.floor(at / 60_000)
  const key = `${minute} ${timeZone}`
  const known = minutes.get(key) ?? readFields(minute * 60_000, timeZone)
  if (minutes.size >= MANY) minutes.clear()
  minutes.set(key, known)
  return { ...known, second: Math.floor(at / 1000) - minute * 60 }
}

function readFields(at: number, timeZone: string): Omit<Fields, 'second'> {
  const format = formats.get(timeZone) ?? keepFormat(timeZone)
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const read = (name: keyof Fields) => Number(parts[name])
  return {
    year: read('year'),
    month: read('month'),
    day: read('day'),
    hour: read('hour'),
    minute: read('minute'),
  }
}

function keepFormat(timeZone: string): Intl.DateTimeFormat {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  formats.set(timeZone, format)
  return format
}

const two = (value: number) => String(value).padStart(2, '0')
