import type { Locale } from '@/lib/format/locale'

/** What is rarely opened comes when it is, and stays: a promise that changed would be waited for anew. */
const CARDS = once((locale) =>
  locale === 'ru' ? import('@/messages/card/ru.json') : import('@/messages/card/en.json'),
)
const CUSTOMER = once((locale) =>
  locale === 'ru' ? import('@/messages/customer/ru.json') : import('@/messages/customer/en.json'),
)

/** The texts behind a verdict, in one language. */
export const cardTexts = (locale: Locale) => CARDS(locale)

/** The texts for whoever placed an order, in one language. */
export const customerTexts = (locale: Locale) => CUSTOMER(locale)

function once<T>(load: (locale: Locale) => Promise<{ readonly default: T }>) {
  const loaded = new Map<Locale, Promise<T>>()
  return (locale: Locale): Promise<T> => {
    const known = loaded.get(locale)
    if (known) return known
    const coming = load(locale).then((it) => it.default)
    loaded.set(locale, coming)
    return coming
  }
}
