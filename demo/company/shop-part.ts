import type { Arrival } from './arrivals'
import type { Draft } from './draft'
import { act, change, fails, heal, NO_CONNECTION, noteFailure } from './draft'
import type { Model, Problem } from './order'
import { MINUTE, SECOND } from './time'
import { isSlow } from './world'

const SLOW_DOWN: Problem = {
  type: 'software.amazon.awssdk.services.s3.model.S3Exception',
  message: 'Please reduce your request rate.',
  code: 'SlowDown',
}

/** The customer's part: an order is begun, given a model, placed. Returns when CRM may take it, or Infinity. */
export function shopPart(draft: Draft, arrival: Arrival, model: Model): number {
  const { chance } = draft
  const later = (from: number, to: number) => chance.between(from, to)
  const slow = (at: number, ms: number) => (isSlow(draft.world, 'shop-api', at) ? ms * 25 : ms)
  let at = arrival.at

  if (fails(draft, 'FP-01', 'create')) {
    act(draft, 'create', at, later(900, 1_900), { error: NO_CONNECTION })
    at = heal(draft, at)
  }
  const created = later(35, 140)
  act(draft, 'create', at, slow(at, created), { to: 'INITIATED' })
  change(draft, 'shop', 'INITIATED', at + created * 0.8)
  if (!arrival.sale && chance.chance(0.05)) return Number.POSITIVE_INFINITY // A cart left behind.

  let before: 'INITIATED' | 'FILE_UPLOADED' = 'INITIATED'
  if (model.kind !== 'ready-made') {
    at += later(40 * SECOND, 18 * MINUTE)
    const kind = model.kind === 'editor' ? 'save-model' : 'upload'
    if (fails(draft, 'FP-02', 'upload') || fails(draft, 'FP-02', 'editor')) {
      act(draft, kind, at, later(8_000, 30_000), { error: SLOW_DOWN, from: 'INITIATED' })
      at = heal(draft, at)
    }
    const edits = fails(draft, 'FP-15') ? 20 : 1
    const ms = Math.min(60_000, 250 + model.bytes / 9_000) * edits
    if (edits > 1) noteFailure(draft, at, at + ms)
    act(draft, kind, at, slow(at, ms), { from: 'INITIATED', to: 'FILE_UPLOADED' })
    at += slow(at, ms)
    change(draft, 'shop', 'FILE_UPLOADED', at - 4)
    before = 'FILE_UPLOADED'
    if (chance.chance(0.04)) return Number.POSITIVE_INFINITY
  }

  at += arrival.sale ? later(5, 25) * SECOND : later(30 * SECOND, 40 * MINUTE)
  if (fails(draft, 'FP-01', 'submit')) {
    act(draft, 'submit', at, later(1_200, 5_200), { error: NO_CONNECTION, from: before })
    at = heal(draft, at)
  }
  const submitted = later(40, 180)
  act(draft, 'submit', at, submitted, { from: before, to: 'SUBMITTED' })
  change(draft, 'shop', 'SUBMITTED', at + submitted * 0.7)
  at += submitted

  if (fails(draft, 'FP-03', 'crm-failed')) {
    let tick = nextPoll(at)
    for (let i = 0; i < 3; i++, tick += POLL) takeFailed(draft, tick)
    return heal(draft, tick)
  }
  return fails(draft, 'FP-03', 'not-taken') ? heal(draft, at) : at
}

export const POLL = MINUTE
/** CRM looks for new orders every minute, at seven seconds past. */
export const nextPoll = (at: number): number =>
  Number.isFinite(at) ? Math.ceil((at - 7 * SECOND) / POLL) * POLL + 7 * SECOND : at

function takeFailed(draft: Draft, tick: number): void {
  if (!Number.isFinite(tick)) return
  act(draft, 'take', tick + 60, 40, {
    tick,
    from: 'SUBMITTED',
    error: { type: 'java.lang.IllegalStateException', message: 'No mapping for item "ring-17"' },
  })
}
