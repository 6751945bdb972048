import 'server-only'
import { UnavailableError } from '@/lib/errors'

/** Of Prisma, of `pg`, of the network: nobody answered, or nobody in time. Anything else is a bug. */
const SILENT = new Set([
  ...['P1000', 'P1001', 'P1002', 'P1008', 'P1010', 'P1017', 'P2024', 'P2028', 'P2037'],
  ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE', 'EHOSTUNREACH', 'EAI_AGAIN'],
  // Shutting down, starting up, too many connections, timed out, out of disk, read-only.
  ...['57P01', '57P02', '57P03', '53300', '57014', '53100', '25006', '08006', '08001'],
])

const SILENT_WORDS =
  /timeout exceeded when trying to connect|query read timeout|connection terminated|not queryable|connection error/i

/** Runs a question to the store. Throws `UnavailableError` naming the store where nobody answers. */
export async function reachStore<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isSilence(error)) throw error
    throw new UnavailableError("Order Journey's own database does not answer", ['store'], error)
  }
}

/** Prisma wraps what the driver said, more than once, and `pg` gives some of its failures no code. */
export function isSilence(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false
  const { code, originalCode, kind, message, cause, meta, driverAdapterError } = error as Readonly<
    Record<string, unknown>
  >
  return (
    SILENT.has(String(code)) ||
    SILENT.has(String(originalCode)) ||
    kind === 'DatabaseNotReachable' ||
    kind === 'ConnectionClosed' ||
    kind === 'SocketTimeout' ||
    (typeof message === 'string' && SILENT_WORDS.test(message)) ||
    [cause, meta, driverAdapterError].some((inner) => isSilence(inner, depth + 1))
  )
}
