import type { SourceFault } from '@/lib/errors'

/** What `pg` throws: PostgreSQL's own errors have a severity and an SQLSTATE, broken connections have neither. */
type Thrown = { readonly severity?: unknown; readonly code?: unknown }

const TIMEOUTS = ['57014', '55P03', '25P03', 'ETIMEDOUT']
const GONE = /^(08|57P0)/
const SHAPE_CHANGED = ['42703', '42P01', '3F000', '42501']
/** A standby cancelled the reading because it had to replay. */
const CONFLICT = ['40001', '40P01']

/** Which fault an error of the database, or of the way to it, is. */
export function toFault(error: unknown): SourceFault {
  const { code, answered } = read(error)
  if (TIMEOUTS.includes(code)) return 'timeout'
  return answered && !GONE.test(code) ? 'rejected' : 'unreachable'
}

/** Whether a reading is worth one more try on a fresh connection. */
export function isReset(error: unknown): boolean {
  const { code, answered } = read(error)
  return answered ? GONE.test(code) || CONFLICT.includes(code) : !TIMEOUTS.includes(code)
}

/** Whether the views are not what they were when their columns were discovered. */
export const isShapeChange = (error: unknown): boolean => SHAPE_CHANGED.includes(read(error).code)

function read(error: unknown): { code: string; answered: boolean } {
  const { severity, code } = (error ?? {}) as Thrown
  return { code: typeof code === 'string' ? code : '', answered: severity !== undefined }
}
