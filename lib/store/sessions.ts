import 'server-only'
import type { Role, Scope } from '@/lib/access/viewer'
import { type EpochMs, epochMs } from '@/lib/journey/types'
import { reachStore } from './reach-store'
import { forgetSession, recallSession, rememberSession } from './session-memory'
import { type StoreContext, storeContext } from './store-context'
import { toRoles, toScope } from './to-scope'

/** What a sign-in proved. `authTime` is the moment the person proved who they are. */
export type NewSession = {
  readonly issuer: string
  readonly subject: string
  readonly name: string | null
  readonly roles: readonly Role[]
  readonly scope: Scope
  readonly amr: readonly string[]
  readonly acr: string | null
  readonly authTime: EpochMs
  /** The provider's own session, as a back-channel logout token names it. */
  readonly idpSid: string | null
  /** The ID token, encrypted: a hint for the provider's sign-out. */
  readonly idTokenSealed: Uint8Array | null
}

/** A session that has neither ended nor gone idle. */
export type StandingSession = Omit<NewSession, 'idTokenSealed'> & {
  readonly id: string
  readonly lastSeenAt: EpochMs
  readonly expiresAt: EpochMs
}

/** A person who does nothing for this long is signed out; milliseconds. */
export const IDLE_MS = 15 * 60_000
/** How far the provider's clock may be ahead of ours; milliseconds. */
export const SKEW_MS = 60_000
const SESSION_MS = 8 * 3_600_000
const TOUCH_MS = 60_000
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Writes a sign-in down and answers its id. Throws `UnavailableError` while the store is silent, as all here do. */
export async function openSession(
  session: NewSession,
  { db, now }: StoreContext = storeContext(),
): Promise<string> {
  const { authTime, roles, amr, scope, idTokenSealed, ...rest } = session
  const row = await reachStore(() =>
    db.authSession.create({
      data: {
        ...rest,
        roles: [...roles],
        amr: [...amr],
        scope: { ...scope },
        idTokenSealed: idTokenSealed && new Uint8Array(idTokenSealed),
        authTime: new Date(authTime),
        createdAt: new Date(now()),
        lastSeenAt: new Date(now()),
        expiresAt: new Date(now() + SESSION_MS),
      },
      select: { id: true },
    }),
  )
  return row.id
}

/**
 * The session behind a cookie; null once it was ended, ran 8 hours, or went 15 minutes without its person, and
 * for one whose person signed in in the future.
 * While the store is silent, one seen within the last minute still stands.
 */
export async function findStandingSession(
  id: string,
  { db, now }: StoreContext = storeContext(),
): Promise<StandingSession | null> {
  if (!UUID.test(id)) return null
  try {
    const row = await reachStore(() => findRow(id, db, now()))
    const session = row && {
      id: row.id,
      issuer: row.issuer,
      subject: row.subject,
      name: row.name,
      roles: toRoles(row.roles),
      scope: toScope(row.scope),
      amr: row.amr,
      acr: row.acr,
      authTime: epochMs(row.auth_time.getTime()),
      idpSid: row.idp_sid,
      lastSeenAt: epochMs(row.last_seen_at.getTime()),
      expiresAt: epochMs(row.expires_at.getTime()),
    }
    if (session) rememberSession(session, now())
    else forgetSession(id)
    return session
  } catch (error) {
    const remembered = recallSession(id, now())
    if (remembered) return remembered
    throw error
  }
}

type Row = Pick<StandingSession, 'id' | 'issuer' | 'subject' | 'name' | 'amr' | 'acr'> & {
  readonly roles: readonly string[]
  readonly scope: unknown
  readonly auth_time: Date
  readonly idp_sid: string | null
  readonly last_seen_at: Date
  readonly expires_at: Date
}

/** In SQL, because every request begins with it, and a query that the client plans costs it a third more. */
async function findRow(id: string, db: StoreContext['db'], now: EpochMs): Promise<Row | null> {
  const { expiresAt, lastSeenAt, authTime } = standing(id, now)
  const [row] = await db.$queryRaw<readonly Row[]>`
    select id, issuer, subject, name, roles, scope, amr, acr, auth_time, idp_sid, last_seen_at, expires_at
    from store.auth_session
    where id = ${id}::uuid and revoked_at is null and expires_at > ${expiresAt.gt}
      and last_seen_at > ${lastSeenAt.gt} and auth_time <= ${authTime.lte}`
  return row ?? null
}

/** Marks something the person did; at most one write a minute, and never on a session that has ended. */
export async function touchSession(
  id: string,
  { db, now }: StoreContext = storeContext(),
): Promise<void> {
  if (!UUID.test(id)) return
  const at = now()
  const known = recallSession(id, at)
  if (known && at - known.lastSeenAt < TOUCH_MS) return
  const { lastSeenAt, ...where } = standing(id, at)
  await reachStore(() =>
    db.authSession.updateMany({
      where: { ...where, lastSeenAt: { ...lastSeenAt, lte: new Date(at - TOUCH_MS) } },
      data: { lastSeenAt: new Date(at) },
    }),
  )
}

/** Ends one session and hands back what the provider's sign-out wants; null where there is no such session. */
export async function endSession(
  id: string,
  { db, now }: StoreContext = storeContext(),
): Promise<{ readonly idTokenSealed: Uint8Array | null } | null> {
  if (!UUID.test(id)) return null
  forgetSession(id)
  const [row] = await reachStore(() =>
    db.authSession.updateManyAndReturn({
      where: { id },
      data: { revokedAt: new Date(now()) },
      select: { idTokenSealed: true },
    }),
  )
  return row ?? null
}

/** Ends what a logout token names: one session of the provider, or all of a person. Answers how many stood. */
export async function endSessionsOf(
  {
    issuer,
    idpSid,
    subject,
  }: {
    readonly issuer: string
    readonly idpSid?: string | undefined
    readonly subject?: string | undefined
  },
  { db, now }: StoreContext = storeContext(),
): Promise<number> {
  if (!idpSid && !subject) return 0 // Nobody named is not everybody.
  const ended = await reachStore(() =>
    db.authSession.updateManyAndReturn({
      where: {
        issuer,
        revokedAt: null,
        ...(idpSid ? { idpSid } : {}),
        ...(subject ? { subject } : {}),
      },
      data: { revokedAt: new Date(now()) },
      select: { id: true },
    }),
  )
  for (const { id } of ended) forgetSession(id)
  return ended.length
}

/** Ends the session a new sign-in replaces in the same browser. */
export async function endOlderSession(
  id: string,
  context: StoreContext = storeContext(),
): Promise<void> {
  await endSession(id, context)
}

const standing = (id: string, now: EpochMs) => ({
  id,
  revokedAt: null,
  expiresAt: { gt: new Date(now) },
  lastSeenAt: { gt: new Date(now - IDLE_MS) },
  // Proved in the future is not proved: such a session would count as fresh for ever.
  authTime: { lte: new Date(now + SKEW_MS) },
})
