/** The roles of the product. `partner` never stands beside a staff role. */
export const ROLES = ['support', 'manager', 'devops', 'developer', 'qa', 'partner'] as const
export type Role = (typeof ROLES)[number]

/** Which orders exist for a viewer. Empty is everything; a partner's is never empty. */
export type Scope = {
  readonly partner?: string
  readonly channel?: string
}

/** Who is asking. `issuer` and `subject` together are the person, never the e-mail. */
export type Viewer = {
  readonly issuer: string
  readonly subject: string
  readonly name: string | null
  readonly roles: readonly Role[]
  readonly scope: Scope
  readonly sessionId: string
}

/** The request a decision is written down for. */
export type RequestInfo = {
  readonly requestId: string
  readonly listener: 'staff' | 'partner' | 'worker'
  readonly clientAddress: string | null
  /** The request came from a refetch, not from a person: it prolongs no session. */
  readonly background: boolean
}
