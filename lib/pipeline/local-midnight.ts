import { type EpochMs, epochMs } from '@/lib/journey/types'

const DAY = 86_400_000

/**
 * The first moment of a local date, `2026-01-01`, in a time zone.
 *
 *   clocks go forward at midnight        23:59 │ 01:00        the day begins at 01:00
 *   clocks go back from 01:00      00:00 00:59 │ 00:00        the day begins at the first 00:00
 */
export function toLocalMidnight(date: string, timeZone: string): EpochMs {
  const local = localClock(timeZone)
  const asUtc = Date.parse(`${date}T00:00:00Z`)
  const offsets = [asUtc - DAY, asUtc + DAY].map((at) => local(at) - at)
  const moments = offsets.map((offset) => asUtc - offset)
  const onThatDay = moments.filter((at) => Math.floor(local(at) / DAY) * DAY === asUtc)
  return epochMs(Math.min(...(onThatDay.length > 0 ? onThatDay : moments)))
}

const clocks = new Map<string, (at: number) => number>()

/** What the wall clock of a zone shows, written as if it were UTC. There are some hundred zones, and making one is dear. */
function localClock(timeZone: string): (at: number) => number {
  const known = clocks.get(timeZone)
  if (known) return known
  const made = makeClock(timeZone)
  clocks.set(timeZone, made)
  return made
}

function makeClock(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  return (at) => {
    const parts = Object.fromEntries(
      format.formatToParts(at).map((part) => [part.type, part.value]),
    )
    const { year, month, day, hour, minute, second } = parts
    return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  }
}

/** True for a date of the calendar: `2026-02-30` is none. */
export function isDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}
