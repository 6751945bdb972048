'use client'

import { ChevronDown } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import type { Role } from '@/lib/access/viewer'
import type { Preferences } from '@/lib/contract/preferences'
import { LOCALES, type Locale } from '@/lib/format/locale'
import { COMMON_ZONES } from './common-zones'

type Props = {
  readonly person: { readonly name: string | null; readonly roles: readonly Role[] } | null
  readonly preferences: Preferences
}

const THEMES = ['system', 'light', 'dark'] as const
/** Each language in its own words: nobody must read the other one to leave it. */
const LANGUAGES: Record<Locale, string> = { ru: 'Русский', en: 'English' }
const FIELD =
  'mt-1 w-full rounded-md border border-line-strong bg-surface px-2 py-1.5 text-sm text-ink'

/** Who one is, how one wants to see things, and the way out. Plain forms: it works without JavaScript. */
export function AccountMenu({ person, preferences }: Props) {
  const t = useTranslations('shell')
  const path = usePathname()
  const query = useSearchParams().toString()
  return (
    <details className="group relative">
      <summary className="flex min-h-8 list-none items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken [&::-webkit-details-marker]:hidden">
        {person ? (
          <span className="flex min-w-0">
            <bdi className="max-w-40 truncate font-medium">{person.name ?? t('noName')}</bdi>
            <span className="hidden max-w-72 truncate text-muted sm:inline">
              {'\u00a0· '}
              {person.roles.map((role) => t(`roles.${role}`)).join(', ')}
            </span>
          </span>
        ) : (
          t('view')
        )}
        <span className="sr-only">{t('account')}</span>
        <ChevronDown aria-hidden="true" className="size-4 text-muted group-open:rotate-180" />
      </summary>
      <div className="card absolute right-0 z-40 mt-1 w-72 p-4 shadow-xl">
        <form method="post" action="/api/preferences" className="grid gap-3">
          <input type="hidden" name="back" value={query ? `${path}?${query}` : path} />
          <Field label={t('language')}>
            <select name="locale" defaultValue={preferences.locale} className={FIELD}>
              {LOCALES.map((locale) => (
                <option key={locale} value={locale} lang={locale}>
                  {LANGUAGES[locale]}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('theme')}>
            <select name="theme" defaultValue={preferences.theme} className={FIELD}>
              {THEMES.map((theme) => (
                <option key={theme} value={theme}>
                  {t(`themes.${theme}`)}
                </option>
              ))}
            </select>
          </Field>
          <Field label={t('timeZone')}>
            <input
              name="timeZone"
              list="time-zones"
              required
              maxLength={64}
              defaultValue={preferences.timeZone}
              title={t('timeZoneHint')}
              className={FIELD}
            />
            <datalist id="time-zones">
              {COMMON_ZONES.map((zone) => (
                <option key={zone} value={zone} />
              ))}
            </datalist>
          </Field>
          <Button type="submit" look="main">
            {t('save')}
          </Button>
        </form>
        {person && (
          <form method="post" action="/api/logout" className="mt-3 border-t border-line pt-3">
            <Button type="submit" className="w-full">
              {t('signOut')}
            </Button>
          </form>
        )}
      </div>
    </details>
  )
}

type FieldProps = { readonly label: string; readonly children: ReactNode }

const Field = ({ label, children }: FieldProps) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className="text-xs font-medium text-muted">
    {label}
    {children}
  </label>
)
