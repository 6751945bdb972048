import type { PartDef } from './pipeline'
import type { EpochMs, SystemId } from './types'

/** How one system, or one operation of it, does right now. It says nothing about any one order. */
export type SystemReading = {
  readonly system: SystemId
  /** A configured `service.name`. */
  readonly service: string
  /** null: all of the service's operations together. */
  readonly operation: string | null
  /** Of this part of the system alone; absent: of all of it. */
  readonly part?: PartDef['id']
  readonly at: EpochMs
  /** The stretch the figures are of, in milliseconds. */
  readonly windowMs: number
  readonly callsPerMinute: number | null
  /** Errors ÷ calls; null: no calls, or nobody counts them. */
  readonly errorRatio: number | null
  /** The 95th percentile of the duration, in milliseconds. */
  readonly p95Ms: number | null
  /** True where the percentile lies beyond the last bound: it is `p95Ms` or more. */
  readonly p95AtLeast: boolean
  /** Work in progress at this moment. */
  readonly inProgress: number | null
}

/** A node of the broker that holds publishers back. */
export type BrokerAlarm = { readonly kind: 'memory' | 'disk'; readonly at: EpochMs }
