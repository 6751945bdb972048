import { createLocalJWKSet, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { createSeenTokens } from './seen-tokens'
import { verifyLogoutToken } from './verify-logout-token'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const NOW = new Date('2026-03-02T10:00:00Z')
const now = NOW.getTime() / 1_000

type Keys = Awaited<ReturnType<typeof generateKeyPair>>
let ours: Keys
let theirs: Keys
let keys: ReturnType<typeof createLocalJWKSet>

beforeAll(async () => {
  ours = await generateKeyPair('RS256')
  theirs = await generateKeyPair('RS256')
  const jwk = await exportJWK(ours.publicKey)
  keys = createLocalJWKSet({ keys: [{ ...jwk, alg: 'RS256', kid: 'k', use: 'sig' }] })
})

const claims = {
  iss: 'https://sso.example',
  aud: 'order-journey',
  iat: now,
  jti: 'j-1',
  sid: 's-1',
  events: { [EVENT]: {} },
}
const sign = (payload: JWTPayload, key = ours.privateKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k', typ: 'logout+jwt' }).sign(key)
const verify = (token: string) =>
  verifyLogoutToken(token, { keys, issuer: claims.iss, audience: claims.aud, now: NOW })

describe('verifyLogoutToken', () => {
  test("reads a session of the provider's, a person, or both", async () => {
    const { sid: _, ...withoutSid } = claims
    expect(await verify(await sign(claims))).toEqual({
      issuer: claims.iss,
      idpSid: 's-1',
      jti: 'j-1',
    })
    expect(await verify(await sign({ ...withoutSid, sub: 'anna' }))).toEqual({
      issuer: claims.iss,
      subject: 'anna',
      jti: 'j-1',
    })
  })

  test('takes the second event that Keycloak adds', async () => {
    const events = { [EVENT]: {}, 'urn:keycloak': { x: 1 } }
    expect(await verify(await sign({ ...claims, events }))).toMatchObject({ idpSid: 's-1' })
  })

  test.each([
    ['an ID token', { nonce: 'n' }],
    ['another audience', { aud: 'another' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['nobody named', { sid: undefined }],
    ['no event', { events: {} }],
    ['no id of its own', { jti: undefined }],
    ['an old one', { iat: now - 3_600 }],
    ['one from the future', { iat: now + 3_600 }],
    ['an expired one', { exp: now - 3_600 }],
  ])('refuses %s', async (_, change) => {
    const token = await sign({ ...claims, ...change } as JWTPayload)
    await expect(verify(token)).rejects.toMatchObject({ code: 'invalid-input' })
  })

  test('refuses what the provider has not signed', async () => {
    const none = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(claims))}.`
    for (const token of ['', 'x', none, await sign(claims, theirs.privateKey)])
      await expect(verify(token)).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

test('a token is spent once, and forgotten when it is too old to be taken', () => {
  let time = 0
  const isNew = createSeenTokens(() => time)
  expect([isNew('a'), isNew('b'), isNew('a')]).toEqual([true, true, false])
  time += 11 * 60_000
  expect(isNew('a')).toBe(true)
})
