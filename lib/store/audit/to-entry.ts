import 'server-only'
import crypto from 'node:crypto'
import type { AccessRow } from '@/lib/access/permit'
import type { Action } from '@/lib/access/policy'
import type { RequestInfo, Scope, Viewer } from '@/lib/access/viewer'
import type { EpochMs } from '@/lib/journey/types'
import type { AuditEntry } from './audit-row'
import { cleanAddress, cleanField } from './clean-field'

/** Something worth writing down that is no access to an order: a sign-in, a request that was never one. */
export type AuditEvent = {
  readonly action:
    | 'login'
    | 'login_refused'
    | 'logout'
    | 'parse_error'
    | 'host_refused'
    | 'method_refused'
    | 'rate_limited'
    | 'unauthenticated'
    | 'policy_error'
    | 'request_refused'
    | 'request_redirected'
    | Action // refused before the gate was asked
  readonly request: RequestInfo
  readonly viewer?: Pick<Viewer, 'issuer' | 'subject'> & Partial<Viewer>
  readonly decision: 'allow' | 'deny'
  readonly reason: string | null
  /** The HTTP status of the answer. */
  readonly status: number | null
}

const STATUS = {
  capability: 403,
  policy_error: 403,
  scope: 404,
  unknown: 404,
  unreachable: 503,
} as const satisfies Record<NonNullable<AccessRow['reason']>, number>

/** A decision of the gate as an entry, with the status it leads to. */
export const toAccessEntry = (row: AccessRow, ts: EpochMs): AuditEntry => ({
  ...base(row.request, row.viewer, ts),
  action: cleanField(row.action),
  resourceType: row.resource.type === 'none' ? null : row.resource.type,
  resourceId: row.resource.id === null ? null : cleanField(row.resource.id),
  decision: row.decision,
  reason: row.reason,
  status: row.reason ? STATUS[row.reason] : 200,
})

/** An event as an entry. */
export const toEventEntry = (event: AuditEvent, ts: EpochMs): AuditEntry => ({
  ...base(event.request, event.viewer, ts),
  action: event.action,
  decision: event.decision,
  reason: event.reason === null ? null : cleanField(event.reason),
  status: event.status,
})

/** The first or the last entry of a chain. */
export const toOwnEntry = (
  listener: RequestInfo['listener'],
  ts: EpochMs,
  action: 'start' | 'stop',
): AuditEntry => {
  const requestId = crypto.randomUUID()
  const request = { listener, requestId, clientAddress: null, background: false }
  return { ...base(request, undefined, ts), action, decision: 'allow' }
}

function base(request: RequestInfo, viewer: AuditEvent['viewer'], ts: EpochMs) {
  return {
    ts,
    id: crypto.randomUUID(),
    phase: 'single',
    firstId: null,
    requestId: toUuid(request.requestId),
    listener: request.listener,
    actorIss: viewer ? cleanField(viewer.issuer) : null,
    actorSub: viewer ? cleanField(viewer.subject) : null,
    roles: viewer?.roles?.map(cleanField) ?? [],
    scope: toScopeText(viewer?.scope ?? {}),
    ip: cleanAddress(request.clientAddress),
    sessionHash: viewer?.sessionId
      ? crypto.createHash('sha256').update(viewer.sessionId).digest('hex').slice(0, 32)
      : null,
    resourceType: null,
    resourceId: null,
    idCount: null,
    reason: null,
    status: null,
    sources: [],
    rowCount: null,
  } as const
}

function toScopeText({ partner, channel }: Scope): string | null {
  const parts = [partner && `partner=${partner}`, channel && `channel=${channel}`]
  return cleanField(parts.filter(Boolean).join(';')) || null
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** A request id that is no UUID would make the database refuse the row: it gets one that stands for it. */
function toUuid(text: string): string {
  if (UUID.test(text)) return text
  const hex = crypto.createHash('sha256').update(text).digest('hex')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5')
}
