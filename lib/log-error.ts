import { isAppError } from '@/lib/errors'

/** Writes one line about a failure: its name and where it happened, never its message, which may quote data. */
export function logError(error: unknown, context: Readonly<Record<string, string>> = {}): void {
  console.error(
    JSON.stringify({
      at: new Date().toISOString(),
      level: 'error',
      ...context,
      ...toLogged(error),
    }),
  )
}

function toLogged(error: unknown, depth = 0): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error }
  const code = 'code' in error && /^[\w-]{1,40}$/.test(String(error.code)) ? error.code : undefined
  return {
    error: error.name,
    ...(code === undefined ? {} : { code }),
    // The message of a foreseen failure is safe to show.
    ...(isAppError(error) ? { detail: error.message } : {}),
    frames: (error.stack ?? '')
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 12)
      .map((line) => line.trim()),
    ...(error.cause !== undefined && depth < 3 ? { cause: toLogged(error.cause, depth + 1) } : {}),
  }
}

/** Writes one line that is no failure. The context holds names and ids, never data. */
export function logNotice(notice: string, context: Readonly<Record<string, string>> = {}): void {
  console.warn(
    JSON.stringify({ at: new Date().toISOString(), level: 'notice', notice, ...context }),
  )
}
