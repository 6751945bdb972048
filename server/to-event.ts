import type { AuditEvent } from '@/lib/store/audit/to-entry'
import type { Unreached } from './front-door'

/** The audit's word for what never reached the app; anything else is `request_refused`. */
const ACTIONS: Readonly<Record<string, AuditEvent['action'] | undefined>> = {
  host: 'host_refused',
  method: 'method_refused',
  parse_error: 'parse_error',
  connections: 'rate_limited',
  redirected: 'request_redirected',
}

/** What the audit says of a request that the app has not seen. */
export const toEvent = ({ requestId, clientAddress, reason, status }: Unreached): AuditEvent => ({
  action: ACTIONS[reason] ?? 'request_refused',
  request: { requestId, clientAddress, listener: 'staff', background: false },
  decision: status === 308 ? 'allow' : 'deny',
  reason,
  status,
})
