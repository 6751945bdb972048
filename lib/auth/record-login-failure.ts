import 'server-only'
import type { RequestInfo } from '@/lib/access/viewer'
import { recordEvent } from '@/lib/store/audit/record'

/** Writes down a callback that opened no session. Throws where no audit sink takes the row. */
export const recordLoginFailure = (request: RequestInfo): Promise<void> =>
  recordEvent({
    action: 'login_refused',
    request,
    decision: 'deny',
    reason: 'callback',
    status: 303,
  })
