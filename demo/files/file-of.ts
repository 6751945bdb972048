import type { Order } from '@/demo/company/order'
import { DAY, SECOND } from '@/demo/company/time'

/** An object as the storage shows it. */
export type StoredFile = {
  readonly bytes: number
  readonly etag: string
  /** Epoch milliseconds. */
  readonly modifiedAt: number
}

/** A rule of the storage removes models this long after they were made. */
const KEPT_AFTER_MADE = 7 * DAY
/** The failure begins when the calculation has found nothing: a moment after it wanted to read. */
const BEFORE_READ = 5 * SECOND

/**
 * The order's file as it stands at `now`; null: there is none.
 *
 *     upload ──── lost (FP-02) ── put back ──── made ── a week ──── removed by rule
 *            there             gone        there                    gone
 */
export function fileOf(order: Order, now: number): StoredFile | null {
  const { model } = order
  const stores = order.acts.filter(
    ({ kind, error }) => error === null && STORING.some((one) => one === kind),
  )
  const uploadedAt = stores.map(({ at, ms }) => at + ms * 0.6).filter((at) => at <= now)
  const first = uploadedAt.at(-1)
  if (model.kind === 'ready-made' || first === undefined) return null
  const madeAt = order.changes.find((one) => one.status === 'MANUFACTURING_COMPLETED')?.at
  if (madeAt !== undefined && now >= madeAt + KEPT_AFTER_MADE) return null

  const lost = order.failures.find(({ id, variant }) => id === 'FP-02' && variant === 'lost')
  if (lost && now >= lost.from - BEFORE_READ && (lost.until === null || now < lost.until))
    return null
  const putBack = lost && lost.until !== null && now >= lost.until ? lost.until : first
  return { bytes: model.bytes, etag: model.etag, modifiedAt: putBack }
}

const STORING = ['upload', 'save-model', 'partner-order'] as const
