import 'server-only'
import {
  PREFERENCES_COOKIE,
  type Preferences,
  toPreferencesCookie,
} from '@/lib/contract/preferences'
import { readEnv } from '@/lib/env'
import { savePreferences } from '@/lib/store/preferences'
import type { Context } from './context'

const YEAR = 365 * 86_400

/** Stores how a viewer wants to see the product; the cookie says the same where the store is silent. */
export async function keepPreferences(
  { viewer, request, permit }: Pick<Context, 'viewer' | 'request' | 'permit'>,
  chosen: Preferences,
) {
  await permit(viewer, request, 'preferences.own', { type: 'none', id: null })
  await savePreferences(viewer, chosen)
  return {
    name: PREFERENCES_COOKIE,
    value: toPreferencesCookie(chosen),
    path: '/',
    maxAge: YEAR,
    sameSite: 'lax',
    httpOnly: true,
    secure: readEnv().baseUrl.protocol === 'https:',
  } as const
}
