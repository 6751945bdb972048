/** How a column is read: `text` as it stands, `time` as epoch milliseconds, `number` as a double. */
type ColumnKind = 'text' | 'time' | 'number' | 'list'

export type Column = {
  readonly kind: ColumnKind
  /** Without a mandatory column nothing of its view is read. */
  readonly mandatory: boolean
  /** Longest text taken; a longer one fails its validator. */
  readonly max: number
  /** The PostgreSQL type that the contract names. */
  readonly type: string
  /** What is known better with it, for whoever writes the views. */
  readonly sharpens: string
}

export type ViewName = 'orders' | 'status_changes' | 'dead_letters' | 'heartbeat'

export type View = {
  readonly mandatory: boolean
  readonly sharpens: string
  readonly columns: Readonly<Record<string, Column>>
}

const TYPES = { text: 'text', time: 'timestamptz', number: 'bigint', list: 'text[]' } as const

const needed = (kind: ColumnKind, sharpens: string, max = 0): Column => ({
  kind,
  mandatory: true,
  max,
  type: TYPES[kind],
  sharpens,
})

const optional = (
  kind: ColumnKind,
  sharpens: string,
  max = 0,
  type: string = TYPES[kind],
): Column => ({
  kind,
  mandatory: false,
  max,
  type,
  sharpens,
})

/** The schema in which a company shows its orders. */
export const SCHEMA = 'order_journey'

/**
 * The contract as data: what is read of an order database, and nothing else ever is. `contacts` is not in it,
 * because no journey reads it.
 */
export const CONTRACT: Readonly<Record<ViewName, View>> = {
  orders: {
    mandatory: true,
    sharpens: 'everything: one row per order and system that knows it',
    columns: {
      order_id: needed('text', 'the key of the journey', 200),
      system: needed('text', 'whose record the row is', 60),
      channel: needed('text', 'which way the order goes', 60),
      status: needed('text', 'where the order is', 60),
      created_at: needed('time', 'search windows, orders that exist twice'),
      updated_at: needed('time', 'how fresh the row is'),
      status_changed_at: optional(
        'time',
        'how long the order has been in its status; without it updated_at stands in and the figure is approximate',
      ),
      partner_id: optional(
        'text',
        'the partner portal: without it no partner sees an order of this database',
        80,
      ),
      partner_order_no: optional('text', 'the same partner order sent twice', 80),
      customer_id: optional('text', 'the customer, by internal id', 80),
      file_bucket: optional('text', 'where the 3D file is', 63),
      file_key: optional('text', 'where the 3D file is', 1_024),
      file_size: optional('text', 'a damaged 3D file', 20, 'bigint'),
      file_etag: optional('text', 'a replaced 3D file', 64),
      model_hash: optional('text', 'the same model ordered twice', 128),
      price: optional('text', 'the price on the journey', 32, 'numeric'),
      currency: optional('text', 'the price on the journey', 3),
      seller_id: optional('text', 'whose turn it is, by internal id', 80),
      operator_id: optional('text', 'whose turn it is, by internal id', 80),
      taken_at: optional('time', 'whether the system picked the order up'),
      pricing_started_at: optional('time', 'whether pricing has begun'),
      traceparent: optional('text', 'the trace is read by id and not searched', 64),
    },
  },
  status_changes: {
    mandatory: false,
    sharpens: 'the history: without it stages come from spans and are approximate',
    columns: {
      order_id: needed('text', 'the key of the journey', 200),
      system: needed('text', 'whose record changed', 60),
      status: needed('text', 'what it changed to', 60),
      changed_at: needed('time', 'when it changed'),
      seq: needed('number', 'the order of changes with the same time'),
      actor_id: optional('text', 'who changed it, by internal id', 80),
      sent_at: optional('time', 'whether the change was handed on'),
      received_at: optional('time', 'when the change came from another system'),
      message_id: optional('text', 'which message carried it', 255),
      traceparent: optional('text', 'the trace is read by id and not searched', 64),
    },
  },
  dead_letters: {
    mandatory: false,
    sharpens: 'messages that were set aside: confirmed for the order and not only by counters',
    columns: {
      order_id: needed('text', 'the key of the journey', 200),
      queue: needed('text', 'the queue that dropped the message', 200),
      reason: needed('text', 'why it was dropped', 60),
      count: { ...needed('number', 'how often it was dropped'), type: 'int' },
      died_at: needed('time', 'when it was dropped'),
      message_id: optional('text', 'which message it was', 255),
      exchange: optional('text', 'where it was published', 255),
      routing_keys: optional('list', 'where it was published', 255),
    },
  },
  heartbeat: {
    mandatory: false,
    sharpens: 'how old a copy is: only for a database that is neither primary nor standby',
    columns: { at: needed('time', 'how old the copy is') },
  },
}
