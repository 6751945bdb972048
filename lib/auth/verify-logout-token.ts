import 'server-only'
import { type JWTVerifyGetKey, jwtVerify } from 'jose'
import { z } from 'zod'
import { InvalidInputError } from '@/lib/errors'

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

const logoutToken = z
  .object({
    iss: z.string(),
    sub: z.string().min(1).max(255).optional(),
    sid: z.string().min(1).max(255).optional(),
    jti: z.string().min(1).max(255),
    iat: z.number(),
    events: z.looseObject({ [LOGOUT_EVENT]: z.looseObject({}) }), // Keycloak puts a second one beside it
    nonce: z.undefined().optional(), // an ID token has one
  })
  .refine(({ sub, sid }) => sub !== undefined || sid !== undefined)

type Expected = {
  readonly keys: JWTVerifyGetKey
  readonly issuer: string
  readonly audience: string
  readonly now: Date
}

/** Whom a provider signs out: a session of its own, a person, or both. */
export type LoggedOut = {
  readonly issuer: string
  readonly idpSid?: string
  readonly subject?: string
  readonly jti: string
}

const MAX_AGE_S = 5 * 60

/** Reads a logout token of OpenID Connect back-channel logout. Throws `invalid-input` for whatever is none. */
export async function verifyLogoutToken(
  token: string,
  { keys, issuer, audience, now }: Expected,
): Promise<LoggedOut> {
  const verified = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms: ['RS256'],
    maxTokenAge: MAX_AGE_S,
    clockTolerance: 60,
    currentDate: now,
  }).catch(() => null) // Why it is refused is nobody's business outside.

  const parsed = logoutToken.safeParse(verified?.payload)
  if (!parsed.success) throw new InvalidInputError('logout_token', 'Not a logout token')
  const { iss, sid, sub, jti } = parsed.data
  return {
    issuer: iss,
    ...(sid === undefined ? {} : { idpSid: sid }),
    ...(sub === undefined ? {} : { subject: sub }),
    jti,
  }
}
