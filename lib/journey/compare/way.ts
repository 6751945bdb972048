import type { Stage } from '../journey'
import type { JourneyView } from '../journey-view'
import type { Duration } from '../pipeline'
import type { Status, SystemId } from '../types'
import { type DwellHistory, quantile } from './dwell-history'

/** One stay of a way, as another one can be held against it. */
export type Stay = {
  readonly status: Status
  readonly system: SystemId
  /** The clock it is shown in. */
  readonly clock: 'wall' | 'business'
  /** Milliseconds by clock, so far where it is open; null: not counted, as after the end. */
  readonly dwell: Readonly<Record<'wall' | 'business', number | null>>
  readonly open: boolean
  /** False where its times are only approximate. */
  readonly exact: boolean
  /** How long it should take at most; null: nobody said. */
  readonly plan: Duration | null
}

/** The stays of one order, or of what is usual, in their order. */
export type Way = {
  readonly stays: readonly Stay[]
  /** Nothing comes after its last stay. */
  readonly ended: boolean
}

type Known = Pick<JourneyView, 'stages' | 'current' | 'now'>

/** The way of one order up to a moment. How long ago it ended is no dwell. */
export function toWay({ stages, current, now }: Known, at: number = now): Way {
  const end = current?.terminal ? current.stage : -1
  return {
    ended: end === stages.length - 1 && end >= 0,
    stays: stages.map((stage, index) => toStay(stage, index === end, at - now)),
  }
}

const toStay = (stage: Stage, isEnd: boolean, later: number): Stay => {
  const open = stage.left === null && !isEnd
  return {
    status: stage.status,
    system: stage.system,
    clock: stage.clock === 'business' && stage.businessDwell !== null ? 'business' : 'wall',
    dwell: isEnd
      ? { wall: null, business: null }
      : { wall: stage.dwell + (open ? later : 0), business: stage.businessDwell },
    open,
    exact: stage.approximate === null,
    plan: stage.limit?.warn ?? null,
  }
}

/** The usual way of a kind: the statuses that at least half of its orders passed, each with its median dwell. */
export function toMedianWay({ statuses, orders }: DwellHistory): Way {
  const usual = statuses.filter(({ stays }) => stays.length > 0 && stays.length * 2 >= orders)
  return {
    ended: true,
    stays: usual.map(({ status, system, clock, stays }): Stay => {
      const median = quantile(
        stays.map(({ dwell }) => dwell),
        0.5,
      )
      return {
        status,
        system,
        clock,
        dwell: { wall: null, business: null, [clock]: median },
        open: false,
        exact: true,
        plan: null,
      }
    }),
  }
}
