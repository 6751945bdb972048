import { createTranslator, useLocale, useTimeZone } from 'next-intl'
import { use } from 'react'
import { type Locale, toLocale } from '@/lib/format/locale'
import type en from '@/messages/compare/en.json'
import { oncePerLocale } from '../once-per-locale'

const TEXTS = oncePerLocale((locale) =>
  locale === 'ru' ? import('@/messages/compare/ru.json') : import('@/messages/compare/en.json'),
)

/** The texts of the comparison, which come when it is opened. */
export function useCompareWords(): CompareWords {
  const locale = toLocale(useLocale())
  return toCompareWords(locale, useTimeZone() ?? 'UTC', use(TEXTS(locale)))
}

/** The texts of a comparison in one language. */
export const toCompareWords = (locale: Locale, timeZone: string, messages: typeof en) =>
  createTranslator({ locale, timeZone, messages, namespace: 'compare' })

export type CompareWords = ReturnType<typeof toCompareWords>
