import type { FailureId } from './order'
import { random } from './random'
import { HOUR } from './time'
import type { World } from './world'

/** A failure an order is destined for. */
export type Flaw = {
  readonly id: FailureId
  readonly variant: string
  /** How long until somebody puts it right, in milliseconds; null: nobody does. */
  readonly healsAfter: number | null
}

/** What each failure may look like, by channel; the first is the usual one. */
export const VARIANTS = {
  shop: {
    'FP-01': ['submit', 'create'],
    'FP-02': ['lost', 'upload', 'unreadable', 'editor'],
    'FP-03': ['not-taken', 'crm-failed', 'not-sent'],
    'FP-05': ['dead-lettered', 'loop', 'unroutable'],
    'FP-06': ['failed', 'hung', 'slow', 'ended', 'not-begun'],
    'FP-07': ['not-sent', 'not-saved', 'crm-failed'],
    'FP-08': ['not-sent', 'mes-failed', 'unroutable'],
    'FP-09': ['seller', 'operator', 'production', 'packing', 'carrier'],
    'FP-10': ['not-sent', 'crm-failed', 'set-back', 'released', 'close-failed', 'never-closed'],
    'FP-11': ['backward', 'skipped', 'copy-ahead'],
    'FP-12': ['mes', 'crm'],
    'FP-14': ['no-context'],
    'FP-15': ['editor'],
  },
  partner: {
    'FP-01': ['partner'],
    'FP-06': ['failed', 'hung', 'slow'],
    'FP-08': ['not-sent', 'mes-failed'],
    'FP-09': ['seller', 'operator', 'carrier'],
    'FP-10': ['not-sent', 'crm-failed', 'never-closed'],
    'FP-11': ['backward'],
    'FP-12': ['mes'],
    'FP-13': ['crm-failed', 'not-sent', 'duplicate'],
    'FP-14': ['no-context'],
  },
} as const satisfies Record<string, Partial<Record<FailureId, readonly [string, ...string[]]>>>

const SHARE = 0.095 // The stopped queues of `world.ts` (FP-04) add two percent.

/** Which orders fail, and how: spread evenly over the failures, then over their variants. */
export function flawOf(world: World, number: number, channel: 'shop' | 'partner'): Flaw | null {
  const chance = random(`${world.seed}/flaw/${number}`)
  if (!chance.chance(SHARE)) return null
  const rows = Object.entries(VARIANTS[channel]) as [FailureId, readonly [string, ...string[]]][]
  const [id, variants] = rows[chance.whole(0, rows.length - 1)] ?? ['FP-09', ['seller']]
  const forgotten = chance.chance(0.2)
  return {
    id,
    variant: chance.pick(variants),
    healsAfter: forgotten ? null : Math.max(HOUR, chance.around(26 * HOUR, 0.9)),
  }
}
