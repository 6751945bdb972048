import type { Draft } from './draft'
import { act, change, fails, heal, noteFailure } from './draft'
import { DAY } from './time'

/** The carrier reports the delivery, and CRM closes the order; or not (FP-09, FP-10). */
export function deliveryPart(draft: Draft, shippedAt: number): void {
  if (!Number.isFinite(shippedAt)) return
  const { chance } = draft
  const usual = shippedAt + chance.between(1.5, 5.8) * DAY
  if (fails(draft, 'FP-09', 'carrier') || fails(draft, 'FP-10', 'never-closed')) {
    const until = fails(draft, 'FP-09', 'carrier')
      ? shippedAt + chance.between(8, 13) * DAY
      : heal(draft, shippedAt + 7 * DAY)
    if (fails(draft, 'FP-09', 'carrier')) noteFailure(draft, shippedAt + 7 * DAY, until)
    ended(draft, until)
    return
  }
  if (fails(draft, 'FP-10', 'close-failed')) {
    // The carrier is told "thank you", and the order stays open.
    act(draft, 'close', usual, 90, { from: 'SHIPPED', error: null, actor: 'carrier' })
    ended(draft, heal(draft, usual))
    return
  }
  ended(draft, usual)
}

function ended(draft: Draft, at: number): void {
  act(draft, 'close', at, 80, { from: 'SHIPPED', to: 'CLOSED', actor: 'carrier' })
  change(draft, 'crm', 'CLOSED', at + 50, { actor: 'carrier' })
}
