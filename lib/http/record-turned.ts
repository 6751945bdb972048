import 'server-only'
import type { Action } from '@/lib/access/policy'
import { recordEvent } from '@/lib/store/audit/record'
import type { Turned } from './route-maker'

/** Writes down a refusal that came before the gate. Throws where no audit sink takes it. */
export const recordTurned = ({ viewer, ...turned }: Turned<Action>): Promise<void> =>
  recordEvent({ ...turned, ...(viewer ? { viewer } : {}), decision: 'deny' })
