import { useLocale, useTimeZone } from 'next-intl'
import { formatClockShift } from '@/lib/format/clock-shift'
import { type Clock, formatDuration, spellDuration } from '@/lib/format/duration'
import {
  formatClock,
  formatDay,
  formatInstant,
  formatZone,
  type Precision,
} from '@/lib/format/instant'
import { toLocale } from '@/lib/format/locale'
import { formatRelative } from '@/lib/format/relative'

/** Times and durations as the reader wants them: language and zone come from the server. */
export function useTimes() {
  const locale = toLocale(useLocale())
  const timeZone = useTimeZone() ?? 'UTC'
  return {
    timeZone,
    instant: (at: number, precision?: Precision) => formatInstant(at, locale, timeZone, precision),
    day: (at: number) => formatDay(at, locale, timeZone),
    clock: (at: number, precision?: Exclude<Precision, 'day'>) =>
      formatClock(at, timeZone, precision),
    zone: (at: number) => formatZone(at, timeZone),
    relative: (at: number, now: number) => formatRelative(at, now, locale),
    duration: (ms: number, clock?: Clock) => formatDuration(ms, locale, clock),
    shift: (ms: number) => formatClockShift(ms, locale),
    spelled: (ms: number, clock?: Clock) => spellDuration(ms, locale, clock),
  }
}
