import { findLocale, type Locale } from '@/lib/format/locale'
import type { Preferences } from './preferences'

type Choices = { readonly [name in keyof Preferences]?: Preferences[name] | null | undefined }

type Known = {
  /** What the viewer stored. */
  readonly stored: Choices
  readonly cookie: Choices
  readonly acceptLanguage: string
  /** What the company speaks, and where it is. */
  readonly company: { readonly locale: Locale; readonly timeZone: string }
}

/** Stored, else cookie, else the browser's languages, else the company's. A browser tells no zone. */
export function choosePreferences({ stored, cookie, acceptLanguage, company }: Known): Preferences {
  return {
    locale: stored.locale ?? cookie.locale ?? findAcceptedLocale(acceptLanguage) ?? company.locale,
    theme: stored.theme ?? cookie.theme ?? 'system',
    timeZone: stored.timeZone ?? cookie.timeZone ?? company.timeZone,
  }
}

/** The first of our languages in the order of a browser's wishes; null where it wishes for none of them. */
export function findAcceptedLocale(header: string): Locale | null {
  const wishes = header
    .slice(0, 500)
    .split(',')
    .map((wish) => {
      const [tag = '', ...rest] = wish.split(';')
      const weight = rest.find((part) => part.trim().startsWith('q='))
      return { locale: findLocale(tag), weight: weight ? Number(weight.trim().slice(2)) : 1 }
    })
    .filter(({ locale, weight }) => locale !== null && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
  return wishes[0]?.locale ?? null
}
