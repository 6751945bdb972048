import 'server-only'
import { z } from 'zod'
import { UnauthenticatedError } from '@/lib/errors'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import { SKEW_MS } from '@/lib/store/sessions'

/** What we read of an ID token; next-auth has verified it. */
const idTokenClaims = z.looseObject({
  iss: z.string().max(500),
  sub: z.string().min(1).max(255),
  sid: z.string().max(255).optional(),
  name: z.string().max(500).optional().catch(undefined),
  amr: z.array(z.string().max(80)).max(20).optional().catch(undefined),
  acr: z.string().max(200).optional().catch(undefined),
  auth_time: z.number().int().positive().optional(),
  iat: z.number().int().positive(),
})

/** `authTime` is when the person proved who they are; without a word about it, when the token was made. */
export type Claims = z.infer<typeof idTokenClaims> & { readonly authTime: EpochMs }

/** Reads the claims of a verified ID token. Throws where they cannot be read, and `unauthenticated` for a proof of the future. */
export function readClaims(profile: unknown, now: EpochMs): Claims {
  const claims = idTokenClaims.parse(profile)
  const authTime = epochMs((claims.auth_time ?? claims.iat) * 1_000)
  if (authTime > now + SKEW_MS) throw new UnauthenticatedError('Signed in in the future')
  return { ...claims, authTime }
}
