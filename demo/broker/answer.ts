import type { CompanySeries } from '@/demo/metrics/evaluate'
import { type Range, readRange, toMoments, toStatistic } from './samples'

/** What the stand-in answers: a status and its JSON; null: an empty body. */
export type Reply = { readonly status: number; readonly json: unknown }

export type Context = {
  /** What the company's queues show at any moment; none while it does not live yet. */
  readonly series: readonly CompanySeries[]
  readonly now: number
  readonly startedAt: number
  readonly query: URLSearchParams
}

const QUEUES = ['crm_to_mes', 'crm_to_mes.dlq', 'mes_to_crm', 'mes_to_crm.dlq']
const VERSION = '3.10.8'
const NODE = 'rabbit@demo'
const NOT_FOUND = toError(404, 'Object Not Found', 'Not Found')

/** A GET of the management interface, by a user who may look and touch nothing. */
export function answer(path: readonly string[], context: Context): Reply {
  const range = readRange(context.query)
  if (range === 'unfit') {
    const [age, incr] = ['lengths_age', 'lengths_incr'].map((one) => context.query.get(one))
    return toError(400, 'bad_request', `Invalid range parameters: age ${age}, incr ${incr}`)
  }
  const columns = context.query.get('columns')?.split(',')
  const queue = QUEUES.find((name) => path.join('\n') === ['api', 'queues', '/', name].join('\n'))
  if (queue) return ok(pick(toQueue(queue, context, range), columns))
  switch (path.join('/')) {
    case 'api/overview':
      return ok(pick(toOverview(context, range), columns))
    case 'api/nodes':
      return ok([pick(toNode(context), columns)])
    case 'api/vhosts':
      return ok([VHOST])
    case 'api/whoami':
      return ok({ name: 'order_journey', tags: ['monitoring'] })
    case 'api/definitions':
      return toError(401, 'not_authorised', 'Not administrator user')
    default:
      return NOT_FOUND
  }
}

const ok = (json: unknown): Reply => ({ status: 200, json })

export function toError(status: number, error: string, reason: string): Reply {
  return { status, json: { error, reason } }
}

const pick = (whole: object, columns: readonly string[] | undefined): object =>
  columns
    ? Object.fromEntries(Object.entries(whole).filter(([key]) => columns.includes(key)))
    : whole

const VHOST = {
  cluster_state: { [NODE]: 'running' },
  default_queue_type: 'undefined',
  description: 'Default virtual host',
  metadata: { description: 'Default virtual host', tags: [] },
  name: '/',
  tags: [],
  tracing: false,
}

function toNode({ now, startedAt }: Context) {
  return {
    name: NODE,
    running: true,
    type: 'disc',
    uptime: Math.max(0, Math.floor(now - startedAt)),
    mem_used: 137_035_776,
    mem_limit: 512_000_000,
    mem_alarm: false,
    disk_free: 79_530_905_600,
    disk_free_limit: 50_000_000,
    disk_free_alarm: false,
    partitions: [],
  }
}

/** The figures of one series at these moments; null: there is no such series, or it says nothing. */
function figuresOf(
  series: readonly CompanySeries[],
  name: string,
  queue: string | undefined,
  moments: readonly number[],
): readonly (number | null)[] | null {
  const one = series.find(({ labels }) => labels.__name__ === name && labels.queue === queue)
  return one ? moments.map((at) => one.valueAt(at)) : null
}

function toOverview({ series, now }: Context, range: Range | null) {
  const moments = toMoments(range, now)
  const name = 'rabbitmq_global_messages_unroutable_dropped_total'
  const lost = orZero(figuresOf(series, name, undefined, moments), moments)
  return {
    management_version: VERSION,
    rabbitmq_version: VERSION,
    product_version: VERSION,
    rates_mode: 'basic',
    disable_stats: false,
    sample_retention_policies: {
      global: [600, 3_600, 28_800, 86_400],
      basic: [600, 3_600],
      detailed: [600],
    },
    message_stats: {
      ...toStatistic('drop_unroutable', lost, range, now),
      ...toStatistic(
        'return_unroutable',
        lost.map(() => 0),
        range,
        now,
      ),
    },
    node: NODE,
  }
}

const orZero = (
  figures: readonly (number | null)[] | null,
  moments: readonly number[],
): readonly number[] => moments.map((_, index) => figures?.[index] ?? 0)

const FRESH = { consumer_details: [], auto_delete: false, durable: true, exclusive: false }

function toQueue(name: string, { series, now }: Context, range: Range | null) {
  const base = {
    ...FRESH,
    name,
    vhost: '/',
    type: 'classic',
    arguments: name.endsWith('.dlq') ? {} : { 'x-dead-letter-exchange': 'orders.dlx' },
  }
  const moments = toMoments(range, now)
  const find = (figure: string) => figuresOf(series, `rabbitmq_detailed_${figure}`, name, moments)
  const found = find('queue_messages_ready')
  // A queue that nobody has counted yet says nothing of itself.
  if (!found) return base
  const of = (figure: string) => orZero(find(figure), moments)
  const ready = of('queue_messages_ready')
  const unacked = of('queue_messages_unacked')
  const messages = ready.map((count, index) => count + (unacked[index] ?? 0))
  return {
    ...base,
    state: 'running',
    policy: null,
    effective_policy_definition: {},
    consumers: of('queue_consumers').at(-1) ?? 0,
    head_message_timestamp: find('queue_head_message_timestamp')?.at(-1) ?? null,
    ...toStatistic('messages', messages, range, now),
    ...toStatistic('messages_ready', ready, range, now),
    ...toStatistic('messages_unacknowledged', unacked, range, now),
    // What is set aside counts as published nowhere.
    ...(!name.endsWith('.dlq') && {
      message_stats: {
        ...toStatistic('publish', of('queue_messages_published_total'), range, now),
        ...toStatistic('ack', of('channel_messages_acked_total'), range, now),
        ...toStatistic('redeliver', of('channel_messages_redelivered_total'), range, now),
      },
    }),
  }
}
