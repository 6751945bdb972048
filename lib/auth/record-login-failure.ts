import 'server-only'
import type { RequestInfo } from '@/lib/access/viewer'
import { recordEvent } from '@/lib/store/audit/record'
import type { SignInFailure } from './to-failed-sign-in'

/** Writes down a callback that opened no session. Throws where no audit sink takes the row. */
export const recordLoginFailure = (request: RequestInfo, failure: SignInFailure): Promise<void> =>
  recordEvent({
    action: 'login_refused',
    request,
    decision: 'deny',
    reason: failure,
    status: 303,
  })
