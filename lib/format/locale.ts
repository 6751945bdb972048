/** The languages of the product, one catalogue each. */
export const LOCALES = ['ru', 'en'] as const
export type Locale = (typeof LOCALES)[number]

/** The language of a tag such as `ru-RU`, or null where we do not speak it. */
export function findLocale(tag: string): Locale | null {
  const language = tag.trim().toLowerCase().split('-')[0]
  return LOCALES.find((locale) => locale === language) ?? null
}

/** For a tag that is one of ours by construction; English where it is not. */
export const toLocale = (tag: string): Locale => findLocale(tag) ?? 'en'
