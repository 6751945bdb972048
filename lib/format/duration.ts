import type { Locale } from './locale'

export type Clock = 'wall' | 'business'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Unit = 'day' | 'hour' | 'minute' | 'second'
type Part = { readonly unit: Unit; readonly count: number }

// Own words instead of Intl's: server and browser must print the same letters.
const SHORT: Record<Locale, Record<Unit | 'ms' | 'business', string>> = {
  en: { day: 'd', hour: 'h', minute: 'min', second: 's', ms: 'ms', business: 'working ' },
  ru: { day: 'д', hour: 'ч', minute: 'мин', second: 'с', ms: 'мс', business: 'раб. ' },
}

const NBSP = '\u00a0'

/** `2 d 4 h`, `35 min`, `6 раб. ч`: milliseconds as at most two units, rounded down. */
export function formatDuration(ms: number, locale: Locale, clock: Clock = 'wall'): string {
  const words = SHORT[locale]
  const business = clock === 'business' ? words.business : ''
  if (ms < SECOND && clock === 'wall') return `${Math.max(0, Math.round(ms))}${NBSP}${words.ms}`
  if (ms < 10 * SECOND && clock === 'wall') return `${toTenths(ms, locale)}${NBSP}${words.second}`

  return toParts(ms, clock)
    .map(({ unit, count }, index) => {
      const mark = index === 0 ? business.replace(' ', NBSP) : ''
      return `${count}${NBSP}${mark}${words[unit]}`
    })
    .join(' ')
}

type Forms = { readonly [form in Intl.LDMLPluralRule]?: string } & { readonly other: string }

const SPELLED: Record<Locale, Record<Unit, Forms>> = {
  en: {
    day: { one: 'day', other: 'days' },
    hour: { one: 'hour', other: 'hours' },
    minute: { one: 'minute', other: 'minutes' },
    second: { one: 'second', other: 'seconds' },
  },
  ru: {
    day: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
    hour: { one: 'час', few: 'часа', many: 'часов', other: 'часа' },
    minute: { one: 'минута', few: 'минуты', many: 'минут', other: 'минуты' },
    second: { one: 'секунда', few: 'секунды', many: 'секунд', other: 'секунды' },
  },
}

const WORKING: Record<Locale, Partial<Record<Unit, Forms>>> = {
  en: { hour: { other: 'working' }, minute: { other: 'working' } },
  ru: {
    hour: { one: 'рабочий', few: 'рабочих', many: 'рабочих', other: 'рабочего' },
    minute: { one: 'рабочая', few: 'рабочие', many: 'рабочих', other: 'рабочей' },
  },
}

const plurals: Record<Locale, Intl.PluralRules> = {
  en: new Intl.PluralRules('en'),
  ru: new Intl.PluralRules('ru'),
}

/** `2 дня 4 часа`, `6 working hours`: the same in whole words, for sentences and screen readers. */
export function spellDuration(ms: number, locale: Locale, clock: Clock = 'wall'): string {
  return toParts(ms, clock)
    .map(({ unit, count }, index) => {
      const form = plurals[locale].select(count)
      const inForm = (forms: Forms) => forms[form] ?? forms.other
      const working = clock === 'business' && index === 0 ? WORKING[locale][unit] : undefined
      return [count, working && inForm(working), inForm(SPELLED[locale][unit])]
        .filter((word) => word !== undefined)
        .join(NBSP)
    })
    .join(' ')
}

/** Business hours never become days: how long a working day is belongs to the calendar. */
function toParts(ms: number, clock: Clock): readonly Part[] {
  const whole = Math.max(0, ms)
  const units: readonly (readonly [Unit, number])[] =
    clock === 'business'
      ? [
          ['hour', HOUR],
          ['minute', MINUTE],
        ]
      : [
          ['day', DAY],
          ['hour', HOUR],
          ['minute', MINUTE],
          ['second', SECOND],
        ]

  const first = units.findIndex(([, size]) => whole >= size)
  if (first === -1) return [{ unit: clock === 'business' ? 'minute' : 'second', count: 0 }]

  let rest = whole
  return units.slice(first, first + 2).flatMap(([unit, size]) => {
    const count = Math.floor(rest / size)
    rest -= count * size
    return count > 0 ? [{ unit, count }] : []
  })
}

function toTenths(ms: number, locale: Locale): string {
  const tenths = String(Math.floor(ms / 100) / 10)
  return locale === 'ru' ? tenths.replace('.', ',') : tenths
}
