import type { Flaw } from './flaw'
import type {
  Act,
  Attempt,
  Change,
  DeadLetter,
  Failure,
  Message,
  Problem,
  Queue,
  Status,
  System,
} from './order'
import type { Random } from './random'
import { MINUTE } from './time'
import type { World } from './world'

/** An order while its story is being written. Moments may be Infinity: it never comes to that. */
export type Draft = {
  readonly world: World
  readonly id: string
  readonly chance: Random
  readonly flaw: Flaw | null
  readonly changes: Change[]
  readonly acts: Act[]
  readonly deadLetters: DeadLetter[]
  readonly failures: Failure[]
  readonly pricingStarts: number[]
  crmTakenAt: number | null
  mesTakenAt: number | null
}

export const DEADLOCK: Problem = {
  type: 'org.springframework.dao.CannotAcquireLockException',
  message: 'ERROR: deadlock detected while updating customer anna.17@mail.example',
  code: '40P01',
}
export const NO_CONNECTION: Problem = {
  type: 'org.postgresql.util.PSQLException',
  message: 'FATAL: remaining connection slots are reserved',
  code: '53300',
}

/** Whether this is how the order fails. */
export const fails = (draft: Draft, id: Flaw['id'], variant?: string): boolean =>
  draft.flaw?.id === id && (variant === undefined || draft.flaw.variant === variant)

/** Notes the failure and says when it will have been put right. */
export function heal(draft: Draft, from: number): number {
  if (!draft.flaw || from === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY
  const { healsAfter } = draft.flaw
  const until = healsAfter === null ? null : from + healsAfter
  noteFailure(draft, from, until)
  return until ?? Number.POSITIVE_INFINITY
}

export function noteFailure(draft: Draft, from: number, until: number | null): void {
  if (!draft.flaw || !Number.isFinite(from)) return
  draft.failures.push({ id: draft.flaw.id, variant: draft.flaw.variant, from, until })
}

type ChangeDetails = Partial<Pick<Change, 'actor' | 'sentAt' | 'receivedAt' | 'messageId'>>

export function change(
  draft: Draft,
  system: System,
  status: Status,
  at: number,
  details: ChangeDetails = {},
): void {
  if (!Number.isFinite(at)) return
  const nothing = { actor: null, sentAt: null, receivedAt: null, messageId: null }
  draft.changes.push({ system, status, at, ...nothing, ...details })
}

export function act(
  draft: Draft,
  kind: Act['kind'],
  at: number,
  ms: number,
  details: Partial<Omit<Act, 'kind' | 'at' | 'ms'>> = {},
): void {
  if (!Number.isFinite(at)) return
  const nothing = { error: null, actor: null, from: null, to: null, message: null }
  draft.acts.push({ kind, at, ms, ...nothing, ...details })
}

/** How a message may go astray. */
export type Trouble = 'not-sent' | 'unroutable' | 'dead-lettered' | 'failed' | 'not-saved'

type Hop = {
  readonly queue: Queue
  readonly routingKey: string
  readonly status: Status
  /** When the sender made the change. */
  readonly at: number
  readonly trouble?: Trouble | null
  /** What the consumer does with a message taken at that moment. */
  readonly work?: (at: number) => readonly Attempt[]
}

/** A message from one system to another: when it was sent, tried, and at last saved (or never: Infinity). */
export function hop(draft: Draft, details: Hop): { message: Message; savedAt: number } {
  const { queue, routingKey, status, at, trouble } = details
  const { chance } = draft
  const id = uuid(chance)
  const context = chance.chance(0.03)
    ? 'none'
    : queue === 'crm_to_mes' && at < draft.world.upgradeAt
      ? 'link'
      : 'parent'
  const quick = (start: number): readonly Attempt[] => [
    { at: start, ms: chance.between(18, 90), error: null },
  ]
  const work = details.work ?? quick
  const base = { id, queue, routingKey, status, context } as const

  const sent = at + chance.between(15, 120)
  if (trouble === 'not-sent') {
    const healed = heal(draft, at)
    const tries = taken(draft, queue, healed, work)
    return finish({ ...base, sentAt: finite(healed), publishError: null, attempts: tries })
  }
  if (trouble) {
    const failed: Attempt[] = []
    const start = consumedAt(draft, queue, sent)
    const problem = queue === 'crm_to_mes' ? MES_ERROR : DEADLOCK
    const wanted = { unroutable: 0, 'not-saved': 1, failed: 3, 'dead-lettered': 3 }[trouble]
    for (let i = 0; i < wanted; i++)
      failed.push({
        at: start + i * chance.between(4_000, 11_000),
        ms: chance.between(25, 160),
        error: trouble === 'not-saved' ? null : problem,
      })
    const last = failed.at(-1)
    if (trouble === 'dead-lettered' && last)
      draft.deadLetters.push({
        queue,
        messageId: id,
        reason: 'delivery_limit',
        routingKey,
        count: failed.length,
        diedAt: last.at + last.ms + 5,
      })
    const healed = heal(draft, last ? last.at + last.ms : sent)
    const tries = [...failed, ...taken(draft, queue, healed, work)]
    const message = { ...base, sentAt: sent, publishError: null, attempts: tries }
    return Number.isFinite(healed) ? finish(message) : { message, savedAt: healed }
  }
  return finish({
    ...base,
    sentAt: finite(sent),
    publishError: null,
    attempts: taken(draft, queue, sent, work),
  })
}

function finish(message: Message): { message: Message; savedAt: number } {
  const last = message.attempts.at(-1)
  const savedAt = last && !last.error ? last.at + last.ms * 0.7 : Number.POSITIVE_INFINITY
  return { message, savedAt }
}

const MES_ERROR: Problem = {
  type: 'Npgsql.PostgresException',
  message: '23505: duplicate key value violates unique constraint "orders_pkey"',
  code: '23505',
}

const finite = (at: number) => (Number.isFinite(at) ? at : null)

function taken(draft: Draft, queue: Queue, sent: number, work: (at: number) => readonly Attempt[]) {
  if (!Number.isFinite(sent)) return []
  const at = consumedAt(draft, queue, sent)
  return Number.isFinite(at) ? work(at) : []
}

/** When a message sent at `sent` is taken: at once, or after nobody took anything for a while (FP-04). */
export function consumedAt(draft: Draft, queue: Queue, sent: number): number {
  const stop = draft.world.incidents.find(
    (incident) =>
      incident.queue === queue &&
      sent >= incident.from &&
      (incident.until === null || sent < incident.until),
  )
  const soon = sent + draft.chance.between(30, 400)
  if (!stop) return soon
  const until = stop.until === null ? null : stop.until + draft.chance.between(500, MINUTE)
  if (until === null || until - sent > 5 * MINUTE)
    draft.failures.push({ id: 'FP-04', variant: queue, from: sent, until })
  return until ?? Number.POSITIVE_INFINITY
}

export function uuid(chance: Random): string {
  const hex = chance.hex(32)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
}
