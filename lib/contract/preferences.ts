import { z } from 'zod'
import { isTimeZone } from '@/lib/format/instant'
import { LOCALES } from '@/lib/format/locale'

export const THEMES = ['system', 'light', 'dark'] as const

/** How one viewer wants to see the product. */
export const preferences = z.object({
  locale: z.enum(LOCALES),
  theme: z.enum(THEMES),
  timeZone: z.string().trim().min(1).max(64).refine(isTimeZone, 'Not a time zone'),
})

export type Preferences = z.infer<typeof preferences>

/** The form of the menu: the preferences, and the page to come back to. */
export const preferencesForm = z.strictObject({
  ...preferences.shape,
  back: z
    .string()
    .max(2000)
    .regex(/^\/(?![/\\])/)
    .default('/'),
})

/** Keeps the preferences of somebody who is not signed in, and spares the store on every page. */
export const PREFERENCES_COOKIE = 'oj-preferences'

/** The cookie's text: `ru/dark/Europe/Moscow`. */
export const toPreferencesCookie = ({ locale, theme, timeZone }: Preferences): string =>
  encodeURIComponent(`${locale}/${theme}/${timeZone}`)

/** What a cookie says, without the parts that are not valid. */
export function parsePreferencesCookie(text: string): Partial<Preferences> {
  const [locale, theme, ...zone] = decode(text).split('/')
  const { shape } = preferences
  const keep = <T>(schema: z.ZodType<T>, value: unknown) => schema.safeParse(value).data
  const kept = {
    locale: keep(shape.locale, locale),
    theme: keep(shape.theme, theme),
    timeZone: keep(shape.timeZone, zone.join('/')),
  }
  return {
    ...(kept.locale && { locale: kept.locale }),
    ...(kept.theme && { theme: kept.theme }),
    ...(kept.timeZone && { timeZone: kept.timeZone }),
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.slice(0, 200))
  } catch {
    return '' // A damaged cookie says nothing.
  }
}
