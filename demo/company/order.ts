import type { Customer, Partner } from './people'

/** Whose record: three of them, in two databases. */
export type System = 'shop' | 'crm' | 'mes'

export type Status =
  | 'INITIATED'
  | 'FILE_UPLOADED'
  | 'SUBMITTED'
  | 'PRICE_CALCULATED'
  | 'MANUFACTURING_APPROVED'
  | 'MANUFACTURING_STARTED'
  | 'MANUFACTURING_COMPLETED'
  | 'PACKAGING'
  | 'SHIPPED'
  | 'CLOSED'

export const FAILURES = [
  'FP-01',
  'FP-02',
  'FP-03',
  'FP-04',
  'FP-05',
  'FP-06',
  'FP-07',
  'FP-08',
  'FP-09',
  'FP-10',
  'FP-11',
  'FP-12',
  'FP-13',
  'FP-14',
  'FP-15',
] as const
export type FailureId = (typeof FAILURES)[number]

/** What went wrong with an order: the truth that verdicts are scored against. */
export type Failure = {
  readonly id: FailureId
  readonly variant: string
  /** When it began to go wrong. */
  readonly from: number
  /** When somebody put it right; null: nobody has. */
  readonly until: number | null
}

/** One change of one system's record. Times after `now` have not happened. */
export type Change = {
  readonly system: System
  readonly status: Status
  readonly at: number
  readonly actor: string | null
  /** When the change was handed on; null: never. */
  readonly sentAt: number | null
  readonly receivedAt: number | null
  readonly messageId: string | null
}

export type DeadLetter = {
  readonly queue: Queue
  readonly messageId: string
  readonly reason: 'rejected' | 'expired' | 'delivery_limit'
  readonly routingKey: string
  readonly count: number
  readonly diedAt: number
}

export type Queue = 'crm_to_mes' | 'mes_to_crm'

export type Model = {
  readonly kind: 'file' | 'editor' | 'ready-made'
  readonly polygons: number
  readonly bytes: number
  readonly bucket: string
  readonly key: string
  readonly etag: string
  readonly hash: string
}

/** One try of a consumer at a message. */
export type Attempt = {
  readonly at: number
  readonly ms: number
  readonly error: Problem | null
  /** When the calculation inside it began, where it is one. */
  readonly pricing?: Pricing
}

export type Problem = { readonly type: string; readonly message: string; readonly code?: string }

export type Pricing = {
  readonly at: number
  readonly ms: number
  readonly error: Problem | null
  /** The model is read before the calculation; an error here is the file's. */
  readonly readError: Problem | null
}

/** A message of one order on its way; `sentAt: null` was never published. */
export type Message = {
  readonly id: string
  readonly queue: Queue
  readonly routingKey: string
  readonly status: Status
  readonly sentAt: number | null
  readonly publishError: Problem | null
  readonly attempts: readonly Attempt[]
  /** How the consumer learns of the publisher's trace. */
  readonly context: 'parent' | 'link' | 'none'
}

/** Something a system did that leaves a trace. */
export type Act = {
  readonly kind:
    | 'create'
    | 'upload'
    | 'save-model'
    | 'submit'
    | 'take'
    | 'approve'
    | 'start'
    | 'release'
    | 'complete'
    | 'pack'
    | 'ship'
    | 'close'
    | 'partner-order'
  readonly at: number
  readonly ms: number
  readonly error: Problem | null
  readonly actor: string | null
  readonly from: Status | null
  readonly to: Status | null
  readonly message: Message | null
  /** For `take`: the message with the price that the calculation ends with. */
  readonly reply?: Message
  /** For a partner's order: the calculation that follows the request. */
  readonly pricing?: Pricing
  /** For `take`: the poll that took it. */
  readonly tick?: number
}

/** An order from its first click to its end, part of which may still lie ahead. */
export type Order = {
  readonly id: string
  readonly number: number
  readonly channel: 'shop' | 'partner'
  readonly createdAt: number
  readonly customer: Customer
  readonly partner: Partner | null
  readonly partnerOrderNo: string | null
  readonly model: Model
  readonly price: number
  readonly seller: string
  readonly operator: string
  /** The shop keeps the trace context of the submit with the order. */
  readonly keepsContext: boolean
  readonly changes: readonly Change[]
  /** `taken_at` of the CRM and MES records, and the newest start of a calculation. */
  readonly crmTakenAt: number | null
  readonly mesTakenAt: number | null
  readonly pricingStarts: readonly number[]
  readonly acts: readonly Act[]
  readonly deadLetters: readonly DeadLetter[]
  readonly failures: readonly Failure[]
  /** No service puts the order's id on spans, and no context is carried (FP-14). */
  readonly untraced: boolean
}

export const orderId = (number: number): string => `ORD-${String(number).padStart(6, '0')}`
