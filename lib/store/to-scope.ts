import 'server-only'
import { z } from 'zod'
import { ROLES, type Role, type Scope } from '@/lib/access/viewer'

const scope = z.strictObject({ partner: z.string().optional(), channel: z.string().optional() })

/** Reads a stored scope. One that cannot be read throws: an empty scope would mean everything. */
export function toScope(stored: unknown): Scope {
  const { partner, channel } = scope.parse(stored)
  return {
    ...(partner === undefined ? {} : { partner }),
    ...(channel === undefined ? {} : { channel }),
  }
}

/** Drops the names of roles that this version no longer knows. */
export const toRoles = (stored: readonly string[]): readonly Role[] =>
  ROLES.filter((role) => stored.includes(role))
