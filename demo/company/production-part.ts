import { deliveryPart } from './delivery-part'
import type { Draft, Trouble } from './draft'
import { act, change, fails, heal, hop, noteFailure } from './draft'
import type { Act, Message, Status } from './order'
import { addBusiness, DAY, HOUR, MINUTE } from './time'
import { isSlow } from './world'

type People = { readonly seller: string; readonly operator: string; readonly second: string }

/** From the price in CRM to the end: a seller approves, operators make, pack and ship, the carrier delivers. */
export function productionPart(draft: Draft, pricedInCrm: number, people: People): void {
  const { chance } = draft
  const soon = (median: number, most: number) =>
    Math.min(most, Math.max(0.05, chance.around(median, 0.7))) * HOUR
  /** `usual` business hours from then, or far longer where a person lets it wait (FP-09). */
  const wait = (at: number, usual: number, most: number, late: string, limit = 8): number => {
    if (!fails(draft, 'FP-09', late)) return addBusiness(at, soon(usual, most))
    const until = addBusiness(at, chance.between(limit + 6, limit * 5) * HOUR)
    noteFailure(draft, addBusiness(at, limit * HOUR), until)
    return until
  }

  let at = wait(pricedInCrm, 2, 6.8, 'seller')
  at = approve(draft, at, people.seller)
  at = wait(at, 2.4, 6.8, 'operator')

  let taken = step(
    draft,
    'start',
    at,
    people.operator,
    'MANUFACTURING_APPROVED',
    'MANUFACTURING_STARTED',
  )
  if (fails(draft, 'FP-10', 'released') || chance.chance(0.04)) {
    const given = addBusiness(taken.at, chance.between(1, 9) * HOUR)
    const back = step(
      draft,
      'release',
      given,
      people.operator,
      'MANUFACTURING_STARTED',
      'MANUFACTURING_APPROVED',
      fails(draft, 'FP-10', 'released') ? 'not-sent' : null,
    )
    const next = addBusiness(
      fails(draft, 'FP-10', 'released') ? back.savedAt : back.at,
      soon(2, 6.5),
    )
    taken = step(
      draft,
      'start',
      next,
      people.second,
      'MANUFACTURING_APPROVED',
      'MANUFACTURING_STARTED',
    )
  }

  at = taken.at + chance.between(4, 7) * DAY
  if (fails(draft, 'FP-09', 'production')) {
    noteFailure(draft, taken.at + 10 * DAY, addBusiness(taken.at + 17 * DAY, 0))
    at = taken.at + 17 * DAY
  }
  at = addBusiness(at, chance.between(0, 3) * HOUR)
  const skips = fails(draft, 'FP-11', 'skipped')
  const trouble: Trouble | null = fails(draft, 'FP-10', 'not-sent')
    ? 'not-sent'
    : fails(draft, 'FP-10', 'crm-failed')
      ? 'failed'
      : null
  const completed = skips
    ? { at, message: null }
    : step(
        draft,
        'complete',
        at,
        people.operator,
        'MANUFACTURING_STARTED',
        'MANUFACTURING_COMPLETED',
      )
  const packAt = setBack(draft, taken.message, wait(completed.at, 1.5, 6, 'packing'), completed.at)
  const packed = step(
    draft,
    'pack',
    packAt,
    people.second,
    skips ? 'MANUFACTURING_STARTED' : 'MANUFACTURING_COMPLETED',
    'PACKAGING',
  )
  const packedOn = backward(draft, packed.at, people.second)
  const shipAt = addBusiness(packedOn, soon(2, 6))
  const shipped = step(draft, 'ship', shipAt, people.second, 'PACKAGING', 'SHIPPED', trouble)
  if (skips) noteFailure(draft, packed.at, null)
  deliveryPart(draft, shipped.at)
}

function approve(draft: Draft, at: number, seller: string): number {
  if (!Number.isFinite(at)) return at
  const ms = slowly(draft, 'crm-api', at, draft.chance.between(60, 240))
  const trouble: Trouble | null = fails(draft, 'FP-08', 'not-sent')
    ? 'not-sent'
    : fails(draft, 'FP-08', 'mes-failed')
      ? 'failed'
      : fails(draft, 'FP-08', 'unroutable')
        ? 'unroutable'
        : null
  const { message, savedAt } = hop(draft, {
    queue: 'crm_to_mes',
    routingKey: 'order.approved',
    status: 'MANUFACTURING_APPROVED',
    at: at + ms * 0.6,
    trouble,
  })
  act(draft, 'approve', at, ms, {
    actor: seller,
    from: 'PRICE_CALCULATED',
    to: 'MANUFACTURING_APPROVED',
    message,
  })
  change(draft, 'crm', 'MANUFACTURING_APPROVED', at + ms * 0.5, {
    actor: seller,
    sentAt: message.sentAt,
    messageId: message.id,
  })
  change(draft, 'mes', 'MANUFACTURING_APPROVED', savedAt, {
    receivedAt: savedAt,
    messageId: message.id,
  })
  return savedAt
}

type StepKind = Extract<Act['kind'], 'start' | 'release' | 'complete' | 'pack' | 'ship'>

/** An operator's step in MES and its message to CRM; `at` is when MES has it, `savedAt` when CRM does. */
function step(
  draft: Draft,
  kind: StepKind,
  at: number,
  actor: string,
  from: Status,
  to: Status,
  trouble: Trouble | null = null,
): { at: number; savedAt: number; message: Message | null } {
  if (!Number.isFinite(at)) return { at, savedAt: at, message: null }
  const ms = slowly(draft, 'mes-api', at, draft.chance.between(50, 260))
  const changedAt = at + ms * 0.5
  const { message, savedAt } = hop(draft, {
    queue: 'mes_to_crm',
    routingKey: 'status.changed',
    status: to,
    at: at + ms * 0.6,
    trouble,
  })
  act(draft, kind, at, ms, { actor, from, to, message })
  change(draft, 'mes', to, changedAt, { actor, sentAt: message.sentAt, messageId: message.id })
  change(draft, 'crm', to, savedAt, { receivedAt: savedAt, messageId: message.id })
  return { at: changedAt, savedAt, message }
}

/** FP-10: CRM handles an old message once more, and goes back. */
function setBack(draft: Draft, old: Message | null, next: number, after: number): number {
  if (!fails(draft, 'FP-10', 'set-back') || !old || !Number.isFinite(after)) return next
  const at = after + draft.chance.between(10, 40) * MINUTE
  const until = heal(draft, at)
  const again = { at, ms: 40, error: null }
  draft.acts.push({
    kind: 'start',
    at,
    ms: 0,
    error: null,
    actor: null,
    from: null,
    to: null,
    message: { ...old, sentAt: null, attempts: [again], context: 'none' },
  })
  change(draft, 'crm', 'MANUFACTURING_STARTED', at + 28, { receivedAt: at + 28, messageId: old.id })
  return Math.max(next, addBusiness(until, 5 * MINUTE))
}

/** FP-11: a step back that the company does not allow, or a status in CRM that MES never had. */
function backward(draft: Draft, at: number, actor: string): number {
  if (!Number.isFinite(at)) return at
  if (fails(draft, 'FP-11', 'backward')) {
    const wrong = addBusiness(at, 20 * MINUTE)
    const until = heal(draft, wrong)
    step(draft, 'start', wrong, actor, 'PACKAGING', 'MANUFACTURING_STARTED')
    if (!Number.isFinite(until)) return until
    const right = addBusiness(until, 3 * MINUTE)
    step(draft, 'complete', right, actor, 'MANUFACTURING_STARTED', 'MANUFACTURING_COMPLETED')
    return step(draft, 'pack', right + 5 * MINUTE, actor, 'MANUFACTURING_COMPLETED', 'PACKAGING').at
  }
  if (fails(draft, 'FP-11', 'copy-ahead')) {
    const wrong = at + 4 * MINUTE
    change(draft, 'crm', 'SHIPPED', wrong)
    return heal(draft, wrong)
  }
  return at
}

function slowly(draft: Draft, service: 'mes-api' | 'crm-api', at: number, ms: number): number {
  if (fails(draft, 'FP-12', service === 'mes-api' ? 'mes' : 'crm') && draft.failures.length === 0) {
    noteFailure(draft, at, at + ms * 60)
    return ms * 60
  }
  return isSlow(draft.world, service, at) ? ms * 30 : ms
}
