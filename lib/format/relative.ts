import { formatDuration } from './duration'
import type { Locale } from './locale'

const WORDS: Record<
  Locale,
  { now: string; ago: (d: string) => string; ahead: (d: string) => string }
> = {
  en: { now: 'just now', ago: (d) => `${d} ago`, ahead: (d) => `in ${d}` },
  ru: { now: 'только что', ago: (d) => `${d} назад`, ahead: (d) => `через ${d}` },
}

/** `2 d 4 h ago`, `через 35 мин`, `6 s ago` without tenths, `just now` for less than a second either way. */
export function formatRelative(at: number, now: number, locale: Locale): string {
  const { now: justNow, ago, ahead } = WORDS[locale]
  const away = Math.abs(at - now)
  if (away < 1000) return justNow
  const words = formatDuration(away - (away % 1000), locale)
  return at < now ? ago(words) : ahead(words)
}
