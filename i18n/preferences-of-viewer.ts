import 'server-only'
import { cookies, headers } from 'next/headers'
import { cache } from 'react'
import { findSessionId } from '@/lib/auth/session-cookie'
import { standingSession } from '@/lib/auth/standing-session'
import { choosePreferences } from '@/lib/contract/choose-preferences'
import {
  PREFERENCES_COOKIE,
  type Preferences,
  parsePreferencesCookie,
} from '@/lib/contract/preferences'
import { readEnv } from '@/lib/env'
import { isAppError } from '@/lib/errors'
import { isTimeZone } from '@/lib/format/instant'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { findPreferences } from '@/lib/store/preferences'

/** Language, theme and zone of whoever asks, known before the first byte; once per request. */
export const preferencesOfViewer = cache(async (): Promise<Preferences> => {
  const [jar, head] = await Promise.all([cookies(), headers()])
  const pipeline = loadPipeline(readEnv().pipelineFile)
  return choosePreferences({
    stored: await findStored(await findSessionId(jar.getAll())),
    cookie: parsePreferencesCookie(jar.get(PREFERENCES_COOKIE)?.value ?? ''),
    acceptLanguage: head.get('accept-language') ?? '',
    company: { locale: pipeline.defaultLocale, timeZone: pipeline.calendar.timeZone },
  })
})

/** A silent store takes nobody's page away: then the cookie decides. */
async function findStored(sessionId: string | null): Promise<Partial<Preferences>> {
  if (!sessionId) return {}
  try {
    const session = await standingSession(sessionId)
    if (!session) return {}
    const { locale, theme, timeZone } = await findPreferences(session)
    return {
      ...(locale && { locale }),
      ...(theme && { theme }),
      ...(timeZone && isTimeZone(timeZone) && { timeZone }),
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'unavailable') throw error
    return {}
  }
}
