import type { Locale } from '@/lib/format/locale'
import { oncePerLocale } from '../once-per-locale'

const CARDS = oncePerLocale((locale) =>
  locale === 'ru' ? import('@/messages/card/ru.json') : import('@/messages/card/en.json'),
)
const CUSTOMER = oncePerLocale((locale) =>
  locale === 'ru' ? import('@/messages/customer/ru.json') : import('@/messages/customer/en.json'),
)

/** The texts behind a verdict, in one language. */
export const cardTexts = (locale: Locale) => CARDS(locale)

/** The texts for whoever placed an order, in one language. */
export const customerTexts = (locale: Locale) => CUSTOMER(locale)
