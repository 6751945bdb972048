import { random } from './random'
import { DAY, HOUR, isWorkday, SECOND } from './time'

/** Somebody begins an order. */
export type Arrival = {
  readonly number: number
  readonly at: number
  readonly channel: 'shop' | 'partner'
  /** One of a sale's many small orders, all placed within a minute. */
  readonly sale: boolean
}

const BY_HOUR = [1, 1, 0, 0, 0, 1, 2, 3, 5, 8, 10, 10, 9, 9, 9, 9, 9, 8, 8, 9, 9, 8, 5, 2] as const
const TOTAL = BY_HOUR.reduce<number>((sum, weight) => sum + weight, 0)

/** A hundred orders more every month than the month before, and a sale every Wednesday. */
export function arrivalsOf(seed: string, origin: number, day: number, before: number): Arrival[] {
  const chance = random(`${seed}/arrivals/${day}`)
  const midnight = origin + day * DAY
  const weekend = !isWorkday(midnight)
  const count = Math.round((46 + 0.11 * day) * (weekend ? 0.85 : 1.05) + chance.between(-3, 3))

  const moments = Array.from(
    { length: count },
    (): Omit<Arrival, 'number'> => ({
      at: midnight + hourBy(chance.next() * TOTAL) * HOUR + chance.between(0, HOUR),
      channel: chance.chance(0.33) ? 'partner' : 'shop',
      sale: false,
    }),
  )
  if (isSaleDay(midnight)) {
    const opens = midnight + 12 * HOUR
    for (let left = chance.whole(30, 44); left > 0; left--)
      moments.push({ at: opens + chance.between(0, 25 * SECOND), channel: 'shop', sale: true })
  }
  return moments
    .sort((a, b) => a.at - b.at)
    .map((moment, index) => ({ ...moment, at: Math.round(moment.at), number: before + index + 1 }))
}

const isSaleDay = (midnight: number) => new Date(midnight + 3 * HOUR).getUTCDay() === 3

function hourBy(weight: number): number {
  let left = weight
  for (const [hour, share] of BY_HOUR.entries()) {
    left -= share
    if (left < 0) return hour
  }
  return 0
}
