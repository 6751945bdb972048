import { describe, expect, it } from 'vitest'
import { choosePreferences, findAcceptedLocale } from './choose-preferences'

const company = { locale: 'ru', timeZone: 'Europe/Moscow' } as const

describe('choosePreferences', () => {
  it('asks the store, the cookie, the browser and the company, in this order', () => {
    const known = {
      stored: { locale: null, theme: 'dark', timeZone: null },
      cookie: { locale: 'en', theme: 'light' },
      acceptLanguage: 'ru',
      company,
    } as const
    expect(choosePreferences(known)).toEqual({
      locale: 'en',
      theme: 'dark',
      timeZone: 'Europe/Moscow',
    })
  })
})

describe('findAcceptedLocale', () => {
  it.each([
    ['en-GB,en;q=0.9,ru;q=0.8', 'en'],
    ['de,ru;q=0.4,en;q=0.6', 'en'],
    ['ru-RU', 'ru'],
    ['en;q=0,ru;q=0.1', 'ru'],
    ['de,fr', null],
    ['', null],
    ['*;q=x', null],
  ])('reads %s as %s', (header, locale) => {
    expect(findAcceptedLocale(header)).toBe(locale)
  })
})
