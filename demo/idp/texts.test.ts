import { expect, test } from 'vitest'
import { findPerson, PEOPLE, ROLE_MAP } from './people'
import { findLocale } from './texts'

test.each([
  [undefined, undefined, 'en'],
  [undefined, 'ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  [undefined, 'de-DE,ru;q=0.5', 'ru'],
  ['en', 'ru', 'en'],
  ['ru', 'en', 'ru'],
  [['ru'], undefined, 'en'],
])('ui_locales %j and Accept-Language %j is %s', (uiLocales, acceptLanguage, locale) => {
  expect(findLocale(uiLocales, acceptLanguage)).toBe(locale)
})

test.each(Object.values(ROLE_MAP))('somebody is %s', (role) => {
  const groups = findPerson(role)?.groups ?? []
  expect(groups.map((group) => ROLE_MAP[group as keyof typeof ROLE_MAP])).toEqual([role])
})

test('people are found by login, too; nobody by accident', () => {
  expect(findPerson('nora')?.groups).toEqual(['sales'])
  expect(findPerson('none')?.login).toBe('nora')
  expect(findPerson('')).toBeNull()
  expect(findPerson('constructor')).toBeNull()
  expect(new Set(PEOPLE.map(({ login }) => login)).size).toBe(PEOPLE.length)
})
