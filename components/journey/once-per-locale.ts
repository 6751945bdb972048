import type { Locale } from '@/lib/format/locale'

/** What is rarely opened comes when it is, and stays: a promise that changed would be waited for anew. */
export function oncePerLocale<T>(load: (locale: Locale) => Promise<{ readonly default: T }>) {
  const loaded = new Map<Locale, Promise<T>>()
  return (locale: Locale): Promise<T> => {
    const known = loaded.get(locale)
    if (known) return known
    const coming = load(locale).then((it) => it.default)
    loaded.set(locale, coming)
    return coming
  }
}
