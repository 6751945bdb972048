import 'server-only'
import type { Role, Scope } from '@/lib/access/viewer'

type Entry =
  | Role
  | {
      readonly role: Role
      readonly partner?: string | undefined
      readonly channel?: string | undefined
    }

/** What a value of the provider's claim grants, by exact match. */
export type RoleMap = Readonly<Record<string, Entry | undefined>>

/** Why a person has no role: nothing mapped · more values than anybody should have · roles that exclude each other. */
export type RightsProblem = 'no_role' | 'too_many_groups' | 'role_conflict'

export type Rights = {
  readonly roles: readonly Role[]
  readonly scope: Scope
  readonly problem: RightsProblem | null
}

const VALUES = 200

/** Roles and scope out of an ID token's claims; whatever is doubtful grants nothing. */
export function toRights(
  claims: Readonly<Record<string, unknown>>,
  claimPath: string,
  roleMap: RoleMap,
): Rights {
  const values = toValues(findClaim(claims, claimPath))
  if (values.length > VALUES) return nothing('too_many_groups')

  const entries = values.flatMap((value) => {
    const entry = Object.hasOwn(roleMap, value) ? roleMap[value] : undefined
    return entry === undefined ? [] : typeof entry === 'string' ? { role: entry } : entry
  })
  if (entries.length === 0) return nothing('no_role')

  const roles = [...new Set(entries.map(({ role }) => role))]
  const scopes = new Set(entries.map(({ partner, channel }) => JSON.stringify([partner, channel])))
  const isPartner = roles.includes('partner')
  if (scopes.size > 1 || (isPartner && roles.length > 1)) return nothing('role_conflict')

  const { partner, channel } = entries[0] as Exclude<Entry, Role>
  if (isPartner && !partner) return nothing('role_conflict') // A partner's scope is never empty.
  return {
    roles,
    scope: { ...(partner ? { partner } : {}), ...(channel ? { channel } : {}) },
    problem: null,
  }
}

/** `groups`, `realm_access.roles`, or a claim whose very name has dots in it. */
function findClaim(claims: Readonly<Record<string, unknown>>, claimPath: string): unknown {
  if (Object.hasOwn(claims, claimPath)) return claims[claimPath]
  return claimPath
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, name)
          ? (value as Readonly<Record<string, unknown>>)[name]
          : undefined,
      claims,
    )
}

const toValues = (claim: unknown): readonly string[] =>
  [claim].flat().filter((value) => typeof value === 'string')

const nothing = (problem: RightsProblem): Rights => ({ roles: [], scope: {}, problem })
