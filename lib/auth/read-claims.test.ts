import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { readClaims } from './read-claims'

const NOW = epochMs(1_800_000_000_000)
const now = NOW / 1_000
const token = { iss: 'https://idp.test', sub: 'anna', iat: now - 5 }

describe('when somebody proved who they are', () => {
  test('is told by the token, else by its own age', () => {
    expect(readClaims({ ...token, auth_time: now - 600 }, NOW).authTime).toBe(NOW - 600_000)
    expect(readClaims(token, NOW).authTime).toBe(NOW - 5_000)
  })

  // ── now ── +60 s: a clock that runs ahead ── +61 s: the future
  test.each([
    ['auth_time', { auth_time: now + 61 }],
    ['auth_time of a century ahead', { auth_time: now + 3_155_760_000 }],
    ['iat, which stands for it', { iat: now + 61 }],
  ])('is refused in the future: %s', (_name, claims) => {
    expect(() => readClaims({ ...token, ...claims }, NOW)).toThrow(
      expect.objectContaining({ code: 'unauthenticated' }),
    )
  })

  test('may be a minute ahead, as clocks are', () => {
    expect(readClaims({ ...token, auth_time: now + 60 }, NOW).authTime).toBe(NOW + 60_000)
  })

  test.each([
    { auth_time: 'yesterday' },
    { auth_time: -1 },
    { auth_time: 1.5 },
    { iat: undefined },
  ])('is not guessed: %j', (claims) => {
    expect(() => readClaims({ ...token, ...claims }, NOW)).toThrow()
  })
})
