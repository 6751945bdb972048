import { z } from 'zod'

/** A figure as it came: null where it was not said, `rejected` where what was said is none. */
export type Figure = number | null | 'rejected'

/** A statistic with its samples: the newest first, times in milliseconds. */
export type Series = readonly { readonly at: number; readonly value: Figure }[]

const MOST = 1e15
/** The year 2100: what is later is no time. */
const LATEST_MS = 4_102_444_800_000

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MOST

/** Old versions write an empty text where they know nothing. */
const toFigure = (value: unknown): Figure => {
  if (value === undefined || value === null || value === '') return null
  return isCount(value) ? value : 'rejected'
}

const figure = z.unknown().optional().transform(toFigure)
const text = z.string().max(1_000).nullish().catch(null)
const flag = z.boolean().nullish().catch(null)

const series = z
  .object({
    samples: z.array(z.object({ sample: z.unknown(), timestamp: z.unknown() })).max(2_000),
  })
  .transform(({ samples }): Series => {
    const times = samples.filter(({ timestamp }) => isCount(timestamp) && timestamp < LATEST_MS)
    return times.map(({ sample, timestamp }) => ({
      at: Number(timestamp),
      value: toFigure(sample),
    }))
  })
  .catch([])
  .default([])

const messageStats = z.object({
  publish: figure,
  publish_details: series,
  ack: figure,
  ack_details: series,
  deliver_no_ack: figure,
  deliver_no_ack_details: series,
  get_no_ack: figure,
  get_no_ack_details: series,
  redeliver: figure,
  redeliver_details: series,
})

/** Some versions write `[]` where there are no statistics, others nothing. */
const orNothing = <T extends z.ZodType>(schema: T) =>
  z
    .union([schema, z.array(z.never()).transform(() => null)])
    .nullish()
    .transform((value) => value ?? null)

const settings = z.record(z.string().max(200), z.unknown()).nullish().catch(null)

/** `GET /api/queues/{vhost}/{name}`: everything but the name may be missing. */
export const queueReply = z.object({
  name: z.string().max(1_000),
  type: text,
  state: text,
  messages: figure,
  messages_ready: figure,
  messages_ready_details: series,
  messages_unacknowledged: figure,
  messages_unacknowledged_details: series,
  consumers: figure,
  head_message_timestamp: figure,
  message_stats: orNothing(messageStats),
  arguments: settings,
  effective_policy_definition: settings,
})
export type QueueReply = z.infer<typeof queueReply>

/** `GET /api/overview`. */
export const overviewReply = z.object({
  rabbitmq_version: z.string().max(100),
  rates_mode: text,
  disable_stats: flag,
  sample_retention_policies: z
    .object({
      global: z.array(z.number().positive()).max(20),
      basic: z.array(z.number().positive()).max(20),
    })
    .nullish()
    .catch(null),
  message_stats: orNothing(
    z.object({
      publish_details: series,
      drop_unroutable: figure,
      drop_unroutable_details: series,
      return_unroutable: figure,
      return_unroutable_details: series,
    }),
  ),
})
export type OverviewReply = z.infer<typeof overviewReply>

/** `GET /api/nodes`. */
export const nodesReply = z
  .array(
    z.object({
      name: z.string().max(1_000),
      running: flag,
      uptime: figure,
      mem_alarm: flag,
      disk_free_alarm: flag,
    }),
  )
  .max(1_000)
export type NodesReply = z.infer<typeof nodesReply>

/** `GET /api/vhosts`: all of them, whatever the user may do there. */
export const vhostsReply = z.array(z.object({ name: z.string().max(1_000) })).max(10_000)

/** `GET /api/whoami`: a list of tags, which versions before 3.9 join with commas. */
export const whoamiReply = z.object({
  name: z.string().max(1_000),
  tags: z.union([
    z.array(z.string().max(100)).max(100),
    z
      .string()
      .max(1_000)
      .transform((tags) => tags.split(',').filter(Boolean)),
  ]),
})

/** What comes with a status of 400 and more; nothing of it is shown. */
export const errorReply = z.object({
  error: z.string().max(10_000),
  reason: z.string().max(10_000),
})
