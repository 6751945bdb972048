import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createDb } from '@/lib/db'
import { epochMs } from '@/lib/journey/types'
import { deleteEndedSessions } from './ended-sessions'
import { freshStore } from './fixtures/fresh-store'
import {
  endSession,
  endSessionsOf,
  findStandingSession,
  type NewSession,
  openSession,
  touchSession,
} from './sessions'
import type { StoreContext } from './store-context'

const MINUTE = 60_000
const START = Date.UTC(2026, 10, 21, 9)

let store: Awaited<ReturnType<typeof freshStore>>
beforeAll(async () => {
  store = await freshStore(inject('postgresUrl'))
})
afterAll(() => store.db.$disconnect())

const at = (minutes: number): StoreContext => ({
  db: store.db,
  now: () => epochMs(START + minutes * MINUTE),
})

const anna: NewSession = {
  issuer: 'https://idp.test',
  subject: 'anna',
  name: 'Anna',
  roles: ['support'],
  scope: { channel: 'shop' },
  amr: ['pwd', 'otp'],
  acr: null,
  authTime: epochMs(START - 5_000),
  idpSid: 'sid-1',
  idTokenSealed: new Uint8Array([1, 2, 3]),
}

describe('a session', () => {
  test('stands as it was opened', async () => {
    const id = await openSession(anna, at(0))
    const { idTokenSealed, ...rest } = anna
    expect(await findStandingSession(id, at(0))).toEqual({
      ...rest,
      id,
      lastSeenAt: START,
      expiresAt: START + 8 * 60 * MINUTE,
    })
  })

  // 0 ── seen ──────────── 14:59 still stands ── 15:00 idle
  test('goes idle after 15 minutes without its person', async () => {
    const id = await openSession(anna, at(0))
    expect(await findStandingSession(id, at(14.9))).not.toBeNull()
    expect(await findStandingSession(id, at(15))).toBeNull()
    await touchSession(id, at(16)) // Too late: an idle session does not wake.
    expect(await findStandingSession(id, at(16))).toBeNull()
  })

  test('is prolonged by its person, at most one write a minute', async () => {
    const id = await openSession(anna, at(0))
    await touchSession(id, at(0.9))
    expect((await findStandingSession(id, at(1)))?.lastSeenAt).toBe(START)
    await touchSession(id, at(10))
    expect((await findStandingSession(id, at(24)))?.lastSeenAt).toBe(START + 10 * MINUTE)
  })

  test('ends after 8 hours however busy its person is', async () => {
    const id = await openSession(anna, at(0))
    for (let minute = 10; minute <= 480; minute += 10) await touchSession(id, at(minute))
    expect(await findStandingSession(id, at(479.9))).not.toBeNull()
    expect(await findStandingSession(id, at(480))).toBeNull()
  })

  test('whose person signs in in the future does not stand; a minute is a clock that runs ahead', async () => {
    const ahead = (ms: number) => openSession({ ...anna, authTime: epochMs(START + ms) }, at(0))
    expect(await findStandingSession(await ahead(MINUTE + 1), at(0))).toBeNull()
    expect(await findStandingSession(await ahead(8 * 60 * MINUTE), at(0))).toBeNull()
    expect(await findStandingSession(await ahead(MINUTE), at(0))).not.toBeNull()
  })

  test('can be ended, and hands back the sealed token', async () => {
    const id = await openSession(anna, at(0))
    expect(await endSession(id, at(1))).toEqual({ idTokenSealed: new Uint8Array([1, 2, 3]) })
    expect(await findStandingSession(id, at(1))).toBeNull()
    expect(await endSession('00000000-0000-4000-8000-00000000dead', at(1))).toBeNull()
  })

  test('no cookie brings an error out of the database', async () => {
    for (const id of ['', "' or 1=1", 'x'.repeat(10_000)]) {
      expect(await findStandingSession(id, at(0))).toBeNull()
      expect(await endSession(id, at(0))).toBeNull()
    }
  })
})

describe('endSessionsOf', () => {
  test('ends one session of the provider, all of a person, and never everybody', async () => {
    const ben = { ...anna, subject: 'ben' }
    const first = await openSession({ ...ben, idpSid: 'b-1' }, at(0))
    const second = await openSession({ ...ben, idpSid: 'b-2' }, at(0))
    const elsewhere = await openSession({ ...ben, issuer: 'https://other.test' }, at(0))
    const { issuer } = ben

    expect(await endSessionsOf({ issuer }, at(1))).toBe(0)
    expect(await endSessionsOf({ issuer, idpSid: 'b-1' }, at(1))).toBe(1)
    expect(await findStandingSession(first, at(1))).toBeNull()
    expect(await findStandingSession(second, at(1))).not.toBeNull()
    expect(await endSessionsOf({ issuer, subject: 'ben' }, at(1))).toBe(1)
    expect(await findStandingSession(second, at(1))).toBeNull()
    expect(await findStandingSession(elsewhere, at(1))).not.toBeNull()
  })
})

describe('deleteEndedSessions', () => {
  const left = async (subject: string) => {
    const rows = await store.db.authSession.findMany({ where: { subject } })
    return rows.map(({ idpSid }) => idpSid).toSorted()
  }

  // 0 opened ── 1 revoked ── 61 its row goes ── 480 expired ── 540 its row goes
  test('takes the rows of what ended over an hour ago, and no other', async () => {
    const cleo = { ...anna, subject: 'cleo' }
    const revoked = await openSession({ ...cleo, idpSid: 'revoked' }, at(0))
    await openSession({ ...cleo, idpSid: 'idle' }, at(0))
    await openSession({ ...cleo, idpSid: 'later' }, at(300))
    await endSession(revoked, at(1))

    await deleteEndedSessions(at(60.9))
    expect(await left('cleo')).toEqual(['idle', 'later', 'revoked'])
    await deleteEndedSessions(at(61.1))
    expect(await left('cleo')).toEqual(['idle', 'later'])
    await deleteEndedSessions(at(539.9))
    expect(await left('cleo')).toEqual(['idle', 'later'])
    await deleteEndedSessions(at(540.1))
    expect(await left('cleo')).toEqual(['later'])
  })

  test('takes a thousand at once, and the rest next time', async () => {
    await deleteEndedSessions(at(100_000))
    await store.db.$executeRaw`
      insert into store.auth_session
        (issuer, subject, roles, amr, auth_time, created_at, last_seen_at, expires_at)
      select 'i', 'crowd', '{}', '{}', '2026-01-01', '2026-01-01', '2026-01-01', '2026-01-01'
        from generate_series(1, 1200)`
    const { now } = at(0)
    expect(await deleteEndedSessions({ db: store.db, now })).toBe(1_000)
    expect(await deleteEndedSessions({ db: store.db, now })).toBe(200)
    expect(await deleteEndedSessions({ db: store.db, now })).toBe(0)
  })
})

describe('while the store is silent', () => {
  test('a session seen within the last minute stands; any other says that the store is silent', async () => {
    const known = await openSession(anna, at(0))
    const ended = await openSession(anna, at(0))
    await findStandingSession(known, at(0))
    await findStandingSession(ended, at(0))
    await endSession(ended, at(0))

    const nobody = createDb('postgresql://a:a@127.0.0.1:9/none')
    const silent = (minutes: number): StoreContext => ({ ...at(minutes), db: nobody })
    expect(await findStandingSession(known, silent(0.9))).toMatchObject({ subject: 'anna' })
    for (const [id, minutes] of [
      [known, 1.1],
      [ended, 0.1],
    ] as const)
      await expect(findStandingSession(id, silent(minutes))).rejects.toMatchObject({
        code: 'unavailable',
        missing: ['store'],
      })
    await expect(openSession(anna, silent(0))).rejects.toMatchObject({ code: 'unavailable' })
  })
})
