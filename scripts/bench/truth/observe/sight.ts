/** How one order database can be read. */
export type DatabaseSight = {
  readonly state: 'ok' | 'down' | 'partial'
  /** How far a standby is behind; 0: a primary. */
  readonly lagMs: number
  /** A copy that does not say of when it is. */
  readonly ageless: boolean
  /** What its views lack: `status_changes`, `orders.taken_at`. */
  readonly lacks: readonly string[]
}

/** What of the world can be seen: which sources answer, how fully, and how late. */
export type Sight = {
  readonly name: string
  readonly preset: 's0' | 's1' | 's2' | 's3' | 's4'
  readonly databases: Readonly<Record<string, DatabaseSight>>
  readonly traces: 'ok' | 'down' | 'partial'
  /** How long after its end a span can be found. */
  readonly exportMs: number
  /** The share of traces that is kept. */
  readonly sampled: number
  /** Whether work for other orders is heard. */
  readonly heartbeats: boolean
  readonly broker: 'ok' | 'down' | 'off'
  /** Whether somebody had a page open, so that the broker was read before: all the time, or some minutes ago. */
  readonly watched: 'always' | 'before' | 'never'
  readonly metrics: 'ok' | 'down' | 'off'
  readonly files: 'ok' | 'down' | 'off' | 'forbidden' | 'unproven'
}

const WHOLE: DatabaseSight = { state: 'ok', lagMs: 0, ageless: false, lacks: [] }

/** Everything answers, at once and in full. */
export const CLEAR: Sight = {
  name: 'clear',
  preset: 's4',
  databases: { shop: WHOLE, mes: WHOLE },
  traces: 'ok',
  exportMs: 10_000,
  sampled: 1,
  heartbeats: true,
  broker: 'ok',
  watched: 'always',
  metrics: 'ok',
  files: 'ok',
}

const HOURS = 3_600_000
const MARKS = [
  'orders.taken_at',
  'orders.pricing_started_at',
  'status_changes.sent_at',
  'status_changes.received_at',
  'status_changes.message_id',
  'dead_letters',
]
const NO_HISTORY = ['status_changes', 'dead_letters']

const clear = (name: string, rest: Partial<Sight>): Sight => ({ ...CLEAR, name, ...rest })
const database = (name: string, rest: Partial<DatabaseSight>) => ({
  databases: { ...CLEAR.databases, [name]: { ...WHOLE, ...rest } },
})
const databases = (rest: Partial<DatabaseSight>) => ({
  databases: { shop: { ...WHOLE, ...rest }, mes: { ...WHOLE, ...rest } },
})

/** Every way of looking, by name. */
export const SIGHTS = {
  clear: CLEAR,
  s0: clear('s0', { preset: 's0' }),
  s1: clear('s1', { preset: 's1' }),
  s2: clear('s2', { preset: 's2', files: 'off' }),
  s3: clear('s3', { preset: 's3' }),
  'shop down': clear('shop down', database('shop', { state: 'down' })),
  'mes down': clear('mes down', database('mes', { state: 'down' })),
  'traces down': clear('traces down', { traces: 'down', heartbeats: false }),
  'broker down': clear('broker down', { broker: 'down' }),
  'metrics down': clear('metrics down', { metrics: 'down' }),
  'files down': clear('files down', { files: 'down' }),
  'shop late': clear('shop late', database('shop', { lagMs: 2 * HOURS })),
  'mes late': clear('mes late', database('mes', { lagMs: 2 * HOURS })),
  'shop partial': clear('shop partial', database('shop', { state: 'partial' })),
  'mes ageless': clear('mes ageless', database('mes', { ageless: true })),
  'traces partial': clear('traces partial', { traces: 'partial' }),
  'no queue': clear('no queue', { broker: 'off', metrics: 'off' }),
  'by metrics': clear('by metrics', { broker: 'off' }),
  'first look': clear('first look', { watched: 'never', metrics: 'off' }),
  'second look': clear('second look', { watched: 'before', metrics: 'off' }),
  unheard: clear('unheard', { heartbeats: false }),
  sampled: clear('sampled', { sampled: 0.1 }),
  'late spans': clear('late spans', { exportMs: 55_000 }),
  'no marks': clear('no marks', databases({ lacks: MARKS })),
  'no history': clear('no history', databases({ lacks: NO_HISTORY })),
  'files forbidden': clear('files forbidden', { files: 'forbidden' }),
  'files unproven': clear('files unproven', { files: 'unproven' }),
  's2, no marks': clear('s2, no marks', {
    ...databases({ lacks: MARKS }),
    preset: 's2',
    files: 'off',
  }),
} as const satisfies Record<string, Sight>

export type SightName = keyof typeof SIGHTS

/** Those in which one source is off, or does not answer in full. */
export const SINGLE_LOSSES: readonly SightName[] = [
  'shop down',
  'mes down',
  'traces down',
  'broker down',
  'metrics down',
  'files down',
  'shop late',
  'mes late',
  'shop partial',
  'mes ageless',
  'traces partial',
  'by metrics',
  'unheard',
  'files forbidden',
  'files unproven',
]
