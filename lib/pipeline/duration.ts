import type { Duration } from '@/lib/journey/pipeline'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

/** From the longest to the shortest, so that a duration is written in the longest unit that fits. */
const UNITS = [
  { unit: 'bh', clock: 'business', ms: HOUR },
  { unit: 'd', clock: 'wall', ms: 24 * HOUR },
  { unit: 'h', clock: 'wall', ms: HOUR },
  { unit: 'm', clock: 'wall', ms: 60 * SECOND },
  { unit: 's', clock: 'wall', ms: SECOND },
] as const

const TEXT = /^([1-9][0-9]{0,5})(s|m|h|d|bh)$/

/** `35m`, `3d`, `8bh`; null for anything else, such as `0m`, `1.5h` or `1h30m`. */
export function toDuration(text: string): Duration | null {
  const [, amount, name] = TEXT.exec(text) ?? []
  const unit = UNITS.find(({ unit }) => unit === name)
  return unit ? { clock: unit.clock, ms: Number(amount) * unit.ms } : null
}

/** The shortest text that `toDuration` reads back; whole seconds, or whole business hours. */
export function toDurationText({ clock, ms }: Duration): string {
  const fits = UNITS.find((unit) => unit.clock === clock && ms % unit.ms === 0)
  return fits ? `${ms / fits.ms}${fits.unit}` : `${ms}ms`
}
