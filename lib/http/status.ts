import type { AppErrorCode } from '@/lib/errors'

/** One status per code, for routes and pages alike. A forgotten code is a type error. */
export const STATUS: Record<AppErrorCode, number> = {
  'invalid-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  unavailable: 503,
  'too-many': 429,
  source: 503,
}
