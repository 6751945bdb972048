import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isSourceError } from '@/lib/errors'
import { epochMs } from '@/lib/journey/types'
import recorded from './fixtures/versitygw-1.8.0.json' with { type: 'json' }
import { judgeReply } from './judge-reply'

const NOW = epochMs(Date.parse('2026-11-21T13:00:00Z'))
const FOUND = {
  'content-length': '19',
  etag: '"1cd87f96841c1d7b2dd001765e6b97c7"',
  'last-modified': 'Sat, 21 Nov 2026 12:07:41 GMT',
}

/** A state, or the fault that was thrown. */
function judged(status: number, headers: Readonly<Record<string, string>> = {}) {
  try {
    return judgeReply({ status, headers }, NOW).state
  } catch (error) {
    if (isSourceError(error)) return error.fault
    throw error
  }
}

describe('a status', () => {
  test.each([
    [404, 'absent'],
    [403, 'forbidden'],
    [304, 'unclear'],
    [405, 'unclear'],
    [412, 'unclear'],
    [206, 'unclear'],
    [204, 'unclear'],
    [301, 'rejected'],
    [307, 'rejected'],
    [400, 'rejected'],
    [401, 'rejected'],
    [429, 'busy'],
    [500, 'rejected'],
    [503, 'busy'],
  ])('%i means %s', (status, means) => {
    expect(judged(status)).toBe(means)
    expect(judged(status, FOUND)).toBe(means)
  })

  test('is all that decides: no other one is ever an absence or a presence', () => {
    const status = fc.integer({ min: 100, max: 999 })
    const headers = fc.dictionary(fc.string(), fc.string())
    fc.assert(
      fc.property(status, headers, fc.boolean(), (one, more, found) => {
        const state = judged(one, { ...more, ...(found && FOUND) })
        expect(state === 'absent').toBe(one === 404)
        if (one !== 200) expect(state).not.toBe('there')
      }),
    )
  })
})

describe('an object that is there', () => {
  test('has a size, a date and an ETag without its quotes', () => {
    expect(judgeReply({ status: 200, headers: FOUND }, NOW)).toEqual({
      state: 'there',
      size: 19,
      modifiedAt: Date.parse('2026-11-21T12:07:41Z'),
      etag: '1cd87f96841c1d7b2dd001765e6b97c7',
    })
  })

  test.each([
    ['no length', { 'content-length': '' }],
    ['a negative length', { 'content-length': '-1' }],
    ['a fraction', { 'content-length': '1.5' }],
    ['an endless length', { 'content-length': '9'.repeat(30) }],
    ['no date', { 'last-modified': 'yesterday' }],
    ['a date that no calendar has', { 'last-modified': 'Sat, 99 Nov 2026 12:07:41 GMT' }],
    ['a date that lies ahead', { 'last-modified': 'Sat, 21 Nov 2099 12:07:41 GMT' }],
  ])('is unclear with %s', (_, broken) => {
    expect(judged(200, { ...FOUND, ...broken })).toBe('unclear')
  })

  test('has no ETag that could not be one', () => {
    const { state, etag } = judgeReply({ status: 200, headers: { ...FOUND, etag: '"a b"' } }, NOW)
    expect([state, etag]).toEqual(['there', null])
  })

  test('is no sign-in page', () => {
    expect(judged(200, { 'content-type': 'text/html', 'content-length': '310' })).toBe('malformed')
  })
})

describe(recorded.server, () => {
  test.each([
    ['existing, GetObject+ListBucket', 'there', 19],
    ['zero bytes', 'there', 0],
    ['multipart', 'there', 5_242_884],
    ['existing, no permission', 'forbidden', null],
    ['wrong secret', 'forbidden', null],
    ['missing, GetObject+ListBucket', 'absent', null],
    ['missing bucket, reader', 'absent', null],
    ['unfinished multipart upload', 'absent', null],
    ['versioned: delete marker by its versionId', 'unclear', null],
    ['If-Match other ETag', 'unclear', null],
  ])('%s: %s', (name, state, size) => {
    const answer = recorded.answers.find((one) => one.case === name)
    if (!answer) throw new Error(`Nobody recorded: ${name}`)
    const headers = answer.headers as unknown as Record<string, string>
    expect(judgeReply({ status: answer.status, headers }, NOW)).toMatchObject({ state, size })
  })

  test('wrong region: rejected', () => {
    const answer = recorded.answers.find((one) => one.case === 'wrong region')
    expect(judged(answer?.status ?? 0)).toBe('rejected')
  })
})
