import 'server-only'
import type { RequestInfo } from '@/lib/access/viewer'
import type { EpochMs } from '@/lib/journey/types'

/** What happened, before it has a place in its chain. `ts` is in whole milliseconds. */
export type AuditEntry = {
  readonly ts: EpochMs
  readonly id: string
  readonly phase: 'single' | 'intent' | 'outcome' | 'start' | 'end' | 'summary'
  readonly firstId: string | null
  readonly requestId: string
  readonly listener: RequestInfo['listener']
  readonly actorIss: string | null
  readonly actorSub: string | null
  readonly roles: readonly string[]
  /** As compiled; null: everything. */
  readonly scope: string | null
  readonly ip: string | null
  readonly sessionHash: string | null
  readonly action: string
  readonly resourceType: string | null
  readonly resourceId: string | null
  readonly idCount: number | null
  readonly decision: 'allow' | 'deny'
  readonly reason: string | null
  readonly status: number | null
  readonly sources: readonly string[]
  readonly rowCount: number | null
}

/** A row of the audit: number `counter` of its chain. Hashes are 64 hex digits. */
export type AuditRow = AuditEntry & {
  readonly chainId: string
  readonly counter: number
  readonly prevHash: string
  readonly hash: string
}

/** The head of a chain at one moment: rows up to `counter` can no longer be rewritten unseen. */
export type AuditSeal = {
  readonly chainId: string
  readonly counter: number
  readonly hash: string
  readonly sealedAt: EpochMs
}
