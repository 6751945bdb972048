import { describe, expect, it } from 'vitest'
import { parsePreferencesCookie, preferencesForm, toPreferencesCookie } from './preferences'

const chosen = { locale: 'ru', theme: 'dark', timeZone: 'Asia/Yekaterinburg' } as const

describe('the preferences cookie', () => {
  it('comes back as it went', () => {
    expect(parsePreferencesCookie(toPreferencesCookie(chosen))).toEqual(chosen)
  })

  it.each(['', '%E0%A4%A', 'xx/pink/Mars/Olympus', '<script>', '/'.repeat(9_999)])(
    'says nothing where it is damaged: %s',
    (text) => {
      expect(parsePreferencesCookie(text)).toEqual({})
    },
  )

  it('keeps what is valid beside what is not', () => {
    expect(parsePreferencesCookie('en/pink/UTC')).toEqual({ locale: 'en', timeZone: 'UTC' })
  })
})

describe('preferencesForm', () => {
  it('takes nothing that it did not ask for', () => {
    expect(preferencesForm.safeParse(chosen).success).toBe(true)
    expect(preferencesForm.safeParse({ ...chosen, role: 'devops' }).success).toBe(false)
  })

  it.each(['//evil.example', 'https://evil.example', '/\\evil.example', 'x'])(
    'does not lead to %s',
    (back) => {
      expect(preferencesForm.safeParse({ ...chosen, back }).success).toBe(false)
    },
  )
})
