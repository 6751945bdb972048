import { formatDuration } from './duration'
import type { Locale } from './locale'

const WORDS: Record<
  Locale,
  { now: string; ago: (d: string) => string; ahead: (d: string) => string }
> = {
  en: { now: 'just now', ago: (d) => `${d} ago`, ahead: (d) => `in ${d}` },
  ru: { now: 'только что', ago: (d) => `${d} назад`, ahead: (d) => `через ${d}` },
}

/** `2 d 4 h ago`, `через 35 мин`, `just now` for less than a second either way. */
export function formatRelative(at: number, now: number, locale: Locale): string {
  const { now: justNow, ago, ahead } = WORDS[locale]
  if (Math.abs(at - now) < 1000) return justNow
  return at < now ? ago(formatDuration(now - at, locale)) : ahead(formatDuration(at - now, locale))
}
