import { useTranslations } from 'next-intl'
import type { JudgedLimit, Stage } from '@/lib/journey/journey'
import { toSlack } from '../headline/to-slack'
import { useTimes } from '../use-times'

type Wait = {
  readonly limit: JudgedLimit
  /** When it ended, or now. */
  readonly until: number
  readonly businessDwell?: number | null
  readonly ended: boolean
}

/** What a limit says of a wait, in words. */
export function useLimitWords() {
  const t = useTranslations('limits')
  const times = useTimes()
  return {
    /** Goal and breach: `plan 8 working h, limit 3 d`. */
    goals: ({ warn, critical }: JudgedLimit) =>
      t('planAndLimit', {
        warn: times.duration(warn.ms, warn.clock),
        critical: times.duration(critical.ms, critical.clock),
      }),
    clock: ({ warn, critical }: JudgedLimit) =>
      [...new Set([warn.clock, critical.clock])].map((clock) => t(`clock.${clock}`)).join('; '),
    /** How much is left or over, and the moment of the breach. */
    against({ limit, until, businessDwell = null, ended }: Wait): string {
      const { past, at, ms, clock } = toSlack(limit, until, businessDwell)
      return t(`${ended ? 'closed' : 'open'}.${past}`, {
        ms: times.duration(ms, clock),
        at: times.instant(at, 'minute'),
      })
    },
    /** The same in two or three words; nothing for what ended in time. */
    short({ limit, until, businessDwell = null, ended }: Wait): string | null {
      const { past, ms, clock } = toSlack(limit, until, businessDwell)
      if (ended && past !== 'limit') return null
      return t(`short.${past}`, { ms: times.duration(ms, clock) })
    },
  }
}

/** A wait that goes on, as it is at a later moment; how much of it was working time is known of its own moment only. */
export const waitAt = (wait: Wait, now: number): Wait =>
  wait.ended ? wait : { ...wait, until: Math.max(wait.until, now) }

/** The wait of one stay, as its limit judges it; null without a limit. */
export const toWait = ({ limit, entered, dwell, businessDwell, left }: Stage): Wait | null =>
  limit && { limit, until: entered + dwell, businessDwell, ended: left !== null }
