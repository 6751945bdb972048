import type { Locale } from './locale'

const UNIT: Record<Locale, string> = { en: 'ms', ru: 'мс' }

/** `+120 ms`, `−0.35 ms`: by how much a clock was moved, in milliseconds, with its sign. */
export function formatClockShift(ms: number, locale: Locale): string {
  const size = Math.abs(ms)
  const digits = size < 10 ? 2 : size < 100 ? 1 : 0
  const text = String(Number(size.toFixed(digits)))
  const sign = ms === 0 ? '' : ms < 0 ? '−' : '+'
  return `${sign}${locale === 'ru' ? text.replace('.', ',') : text}\u00a0${UNIT[locale]}`
}
