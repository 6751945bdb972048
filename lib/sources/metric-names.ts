import { z } from 'zod'

const metric = z.string().regex(/^[a-zA-Z_:][a-zA-Z0-9_:]{0,199}$/)
const label = z.string().regex(/^[a-zA-Z_][a-zA-Z0-9_]{0,99}$/)
const value = z.string().min(1).max(200)

/** Metrics made of spans, by one producer: how it calls them, and their labels. */
const spanFamily = z.strictObject({
  calls: metric,
  /** A classic histogram's buckets; without a unit nothing could be said of a duration. */
  duration: z.strictObject({ metric, unit: z.enum(['ms', 's']) }).nullable(),
  service: label,
  /** null: it does not tell operations apart. */
  operation: label.nullable(),
  /** What only the calls that a service answers carry. */
  kind: z.strictObject({ label, value }).nullable(),
  /** A label of the calls themselves, or calls that are counted apart. */
  failed: z.union([z.strictObject({ label, value }), z.strictObject({ metric })]),
})
export type SpanFamily = z.infer<typeof spanFamily>

const workGauge = z.strictObject({
  metric,
  /** The label that holds the service; null: `service` says whose it is. */
  label: label.nullable(),
  service: value.nullable(),
  operation: value.nullable(),
})
export type WorkGauge = z.infer<typeof workGauge>

/** `PROMETHEUS_NAMES`: what is named here is not looked for. */
export const metricNames = z.strictObject({
  spans: spanFamily.optional(),
  inProgress: z.array(workGauge).max(20).optional(),
})
export type MetricNames = z.infer<typeof metricNames>
