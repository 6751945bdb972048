import { z } from 'zod'
import { calendarSchema } from './calendar-schema'
import {
  databaseName,
  foreignName,
  label,
  limits,
  listOf,
  mapOf,
  name,
  regex,
  statusId,
  wallDuration,
} from './fields'
import { PRESETS } from './presets'

const orderId = z.strictObject({
  pattern: regex.refine(({ source }) => source.startsWith('^') && source.endsWith('$'), {
    error: 'a regular expression for the whole id, from ^ to $',
  }),
  canonical: z.enum(['upper', 'lower', 'as-is']),
  attributes: listOf(foreignName, 20).min(1),
  example: z.string().min(1).max(100),
})

const channel = z.strictObject({
  label,
  entry: name,
  entryService: foreignName,
  submit: regex,
  placedBy: z.enum(['customer', 'partner']).default('customer'),
  orderWithoutFile: z.enum(['allowed', 'forbidden']),
  fileBucket: foreignName.optional(),
  fileKey: z
    .string()
    .max(300)
    .refine((key) => key.includes('{orderId}'), { error: 'a template that contains {orderId}' })
    .optional(),
})

const system = z.strictObject({
  id: name,
  kind: z.enum(['service', 'storage', 'broker', 'browser']),
  label,
  database: databaseName.optional(),
  optional: z.boolean().default(false),
  latency: z
    .strictObject({ warn: wallDuration, critical: wallDuration })
    .refine(({ warn, critical }) => critical.ms >= warn.ms, {
      error: 'critical no shorter than warn',
      path: ['critical'],
    })
    .optional(),
})

const share = z.number().gt(0).max(1)

const component = z.strictObject({
  system: name,
  coverage: z.enum(['traced', 'metrics', 'logs', 'db', 'none']).optional(),
  services: listOf(foreignName, 50).default([]),
  idAttribute: foreignName.optional(),
  probe: z.enum(['head', 'off']).optional(),
  listUploads: z.boolean().optional(),
  seenFrom: listOf(foreignName, 50).optional(),
  managementApi: z.boolean().optional(),
})

const transfer = {
  longestOperation: wallDuration,
  giveUpAfter: z.int().min(1).max(100).default(2),
  limits,
}

const handoff = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('db-poll'), ...transfer }),
  z.strictObject({ channel: z.literal('http'), ...transfer }),
  z.strictObject({
    channel: z.literal('amqp'),
    exchange: foreignName.optional(),
    routingKeys: listOf(foreignName, 50).optional(),
    queues: listOf(foreignName, 50).min(1),
    dlq: listOf(foreignName, 50).default([]),
    ...transfer,
  }),
])

const operation = z.strictObject({ system: name, within: statusId, spans: regex })

const part = operation.omit({ within: true })

const systems = listOf(name, 20)

const status = z.strictObject({
  id: statusId,
  label,
  rank: z.int().min(1).max(1_000).optional(),
  terminal: z.boolean().default(false),
  owner: z.union([name, mapOf(name, name, 20)], {
    error: 'a system, or one per channel: { channel: system }',
  }),
  handedTo: z
    .union([systems, mapOf(name, systems, 20)], {
      error: 'a list of systems, each once, or one per channel: { channel: [system] }',
    })
    .default([]),
  waitsFor: z.enum(['customer', 'system', 'seller', 'operator', 'carrier']).optional(),
  clock: z.enum(['wall', 'business']).default('wall'),
  limits: limits.default([]),
})

const path = z.strictObject({
  path: listOf(statusId, 100).min(1),
  maySkip: listOf(statusId, 100).default([]),
})

const extraTransition = z.strictObject({
  name: foreignName,
  from: z.union([z.literal('*'), statusId], { error: "a status, or '*' for any" }),
  to: statusId,
  by: name.optional(),
  handedTo: systems.default([]),
})

const transitions = z
  .object({ extra: z.array(extraTransition).max(100).default([]) })
  .catchall(path)
  .transform(({ extra, ...paths }) => ({ extra, paths }))

const milestone = z.strictObject({
  id: name,
  label,
  reached: z
    .union([statusId, mapOf(name, statusId, 20)], {
      error: 'a status, or one per channel: { channel: status }',
    })
    .optional(),
  proof: z.enum(['record', 'file']).default('record'),
  told: z.boolean().default(false),
})

/** The pipeline file by itself; `find-contradictions.ts` checks what its parts say of each other. */
export const pipelineFile = z.strictObject({
  preset: z.enum(PRESETS).default('custom'),
  name: label,
  environment: foreignName.max(60),
  defaultLocale: z.enum(['ru', 'en']).default('en'),
  partnerPortal: z.boolean().default(false),
  requireMfa: z.boolean().optional(),
  orderId,
  calendar: calendarSchema,
  channels: mapOf(name, channel, 20),
  systems: z.array(system).min(1).max(50),
  errorShare: z
    .strictObject({ warn: share, critical: share })
    .refine(({ warn, critical }) => critical >= warn, {
      error: 'critical no less than warn',
      path: ['critical'],
    })
    .optional(),
  databases: mapOf(databaseName, z.strictObject({ copy: z.boolean().default(false) }), 20),
  components: mapOf(name, component, 100),
  handoffs: mapOf(z.string().max(90), handoff, 100),
  operations: z
    .strictObject({
      pricing: operation.extend({ limits }).optional(),
      closing: operation.optional(),
      catalogue: part.optional(),
      editor: part.optional(),
      partnerApi: part.optional(),
    })
    .default({}),
  spanNames: z.array(regex).max(50).default([]),
  sampling: z.strictObject({
    orderTraffic: z.number().min(0).max(1),
    retentionDays: z.int().min(1).max(3_650),
    ingestLag: wallDuration,
  }),
  sameOrderWithin: wallDuration.default({ clock: 'wall', ms: 600_000 }),
  fileNeededUntil: statusId.optional(),
  statuses: z.array(status).min(1).max(100),
  transitions,
  milestones: z.array(milestone).max(20).default([]),
  promise: z.strictObject({ from: statusId, to: statusId, limits }).optional(),
})

export type PipelineFile = z.infer<typeof pipelineFile>
