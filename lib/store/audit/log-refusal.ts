import 'server-only'
import { logNotice } from '@/lib/log-error'
import type { AuditEntry } from './audit-row'

/** Logs one refusal, or a summary of `more` of them: what said no. Who asked, from where and for what is in the row. */
export const logRefusal = (refusal: AuditEntry): void =>
  logNotice('refused', {
    requestId: refusal.requestId,
    listener: refusal.listener,
    action: refusal.action,
    reason: `${refusal.reason}`,
    status: `${refusal.status}`,
    ...(refusal.phase === 'summary' && { more: `${refusal.idCount}` }),
  })
