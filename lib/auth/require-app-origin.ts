import 'server-only'
import { readEnv } from '@/lib/env'
import { requireOwnOrigin } from '@/lib/http/require-own-origin'

/** Throws `forbidden` unless a write comes from a page under `BASE_URL`. */
export const requireAppOrigin = (request: Request): void =>
  requireOwnOrigin(request, readEnv().baseUrl)
