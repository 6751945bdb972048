import type { Disagreement } from './journey'
import type { SystemId } from './types'

/** Whom to believe, and why: nobody while one side may be of yesterday. */
export const whom = (
  fresh: boolean,
  system: SystemId,
  why: Exclude<Disagreement['why'], 'not-fresh'>,
): Pick<Disagreement, 'believe' | 'why'> =>
  fresh ? { believe: system, why } : { believe: null, why: 'not-fresh' }
