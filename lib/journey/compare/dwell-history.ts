import type { Status, SystemId } from '../types'

/** One stay of an order that has ended well. Milliseconds. */
export type PastStay = {
  /** On the clock of its status. */
  readonly dwell: number
  /** From entering the status to the end of the order, on the wall clock. */
  readonly untilEnd: number
}

/** How long healthy orders of one kind stayed in one status. */
export type PastStatus = {
  readonly status: Status
  readonly system: SystemId
  /** The clock that the status is shown in. */
  readonly clock: 'wall' | 'business'
  /** The shortest dwell first. */
  readonly stays: readonly PastStay[]
}

/**
 * What is known of the ended orders of one kind that were never late. Two orders are of one kind where they came by
 * the same channel: that alone decides the statuses of their way, and who owns them.
 */
export type DwellHistory = {
  readonly channel: string
  /** How many orders it rests on. */
  readonly orders: number
  /** Over how many days they ended. */
  readonly days: number
  /** In the order in which they are passed. */
  readonly statuses: readonly PastStatus[]
}

/** Fewer orders than this tell nothing about the next one. */
export const ENOUGH = 30

/** The smallest value that at least this share of the values does not exceed; null of none. Takes them sorted. */
export function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null
}
