import 'server-only'
import type { Action } from '@/lib/access/policy'
import { requireEntry } from '@/lib/auth/require-entry'
import { requireViewer } from '@/lib/auth/require-viewer'
import { readEnv } from '@/lib/env'
import { recordTurned } from './record-turned'
import { createRouteMaker } from './route-maker'

/**
 * The one way to write a route handler: the asker, the parsed input, one service, one projected
 * answer. Failures leave as problem details, and nothing is cached.
 */
export const defineRoute = createRouteMaker<Action>({
  baseUrl: () => readEnv().baseUrl,
  requireViewer,
  requireEntry,
  record: recordTurned,
})
