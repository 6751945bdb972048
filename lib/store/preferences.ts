import 'server-only'
import { z } from 'zod'
import type { Viewer } from '@/lib/access/viewer'
import { reachStore } from './reach-store'
import { type StoreContext, storeContext } from './store-context'

const LOCALES = ['en', 'ru'] as const
const THEMES = ['light', 'dark', 'system'] as const

/** How one person likes to see the product; null: nothing chosen. `timeZone` is an IANA name. */
export type Preferences = {
  readonly locale: (typeof LOCALES)[number] | null
  readonly timeZone: string | null
  readonly theme: (typeof THEMES)[number] | null
}

// What a later version wrote and this one does not know counts as nothing chosen.
const stored: z.ZodType<Preferences> = z.object({
  locale: z.enum(LOCALES).nullable().catch(null),
  timeZone: z.string().nullable(),
  theme: z.enum(THEMES).nullable().catch(null),
})

const NONE: Preferences = { locale: null, timeZone: null, theme: null }

type Person = Pick<Viewer, 'issuer' | 'subject'>

/** What this person chose. Throws `UnavailableError` while the store is silent. */
export async function findPreferences(
  { issuer, subject }: Person,
  { db }: Pick<StoreContext, 'db'> = storeContext(),
): Promise<Preferences> {
  const row = await reachStore(() =>
    db.viewerPreference.findUnique({ where: { issuer_subject: { issuer, subject } } }),
  )
  return row ? stored.parse(row) : NONE
}

/** Changes what is given and keeps the rest; null forgets a choice. */
export async function savePreferences(
  { issuer, subject }: Person,
  changes: Partial<Preferences>,
  { db }: Pick<StoreContext, 'db'> = storeContext(),
): Promise<Preferences> {
  const row = await reachStore(() =>
    db.viewerPreference.upsert({
      where: { issuer_subject: { issuer, subject } },
      create: { issuer, subject, ...changes },
      update: changes,
    }),
  )
  return stored.parse(row)
}
