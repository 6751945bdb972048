import { z } from 'zod'

/** Later than year 9999 or earlier than 1970 is a mistake, or PostgreSQL's infinity. */
const time = z.number().min(0).max(253_402_300_799_999)
const notYet = time.nullable().optional()
/** Already cut by the query; the validators of `to-facts` decide which of it is taken. */
const text = z.string().max(2_000).nullable().optional()

const system = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,59}$/)
/** As it stands, known or not. Letters of any script: a status is a name, and an address has an `@`. */
const status = z.string().regex(/^[\p{L}_<][\p{L}\p{N}_.$:<>/ -]{0,59}$/u)
const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/)

/** One row of the view `orders`, as our query reads it. A column that is not kept is not there. */
export const orderRow = z.object({
  system,
  channel: system,
  status,
  created_at: time,
  updated_at: time,
  status_changed_at: time.optional(),
  taken_at: notYet,
  pricing_started_at: notYet,
  partner_id: text,
  partner_order_no: text,
  customer_id: text,
  file_bucket: text,
  file_key: text,
  file_size: text,
  file_etag: text,
  model_hash: text,
  price: text,
  currency: text,
  seller_id: text,
  operator_id: text,
  traceparent: text,
})
export type OrderRow = z.infer<typeof orderRow>

/** One row of the view `status_changes`. */
export const changeRow = z.object({
  system,
  status,
  changed_at: time,
  seq: z.number(),
  sent_at: notYet,
  received_at: notYet,
  actor_id: text,
  message_id: text,
  traceparent: text,
})
export type ChangeRow = z.infer<typeof changeRow>

/** One row of the view `dead_letters`. */
export const deadLetterRow = z.object({
  queue: name,
  reason: z.string().regex(/^[A-Za-z_<][A-Za-z0-9_.$:<>/ -]{0,59}$/),
  count: z.number().int().min(0).max(1_000_000_000),
  died_at: time,
  message_id: text,
  exchange: text,
  routing_keys: text,
})
export type DeadLetterRow = z.infer<typeof deadLetterRow>

export const foundColumns = z
  .array(
    z.object({ view: z.string().max(63), column: z.string().max(63), type: z.string().max(200) }),
  )
  .max(1_000)

export const lagRows = z.tuple([
  z.object({
    standby: z.boolean(),
    caught_up: z.boolean().nullable(),
    streaming: z.boolean().nullable(),
    behind: z.number().nullable(),
  }),
])

export const copiedRows = z.tuple([z.object({ at: z.number().nullable() })])

export const numberedRows = z.array(z.looseObject({ order_id: z.string().max(200) })).max(100)
export const sightRows = z.array(z.object({ order_id: z.string().max(200) })).max(200)

export const fileRows = z
  .array(z.object({ bucket: z.string().max(101), key: z.string().max(1_025) }))
  .max(100)
