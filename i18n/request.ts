import { getRequestConfig } from 'next-intl/server'
import { preferencesOfViewer } from './preferences-of-viewer'

/** Language and zone of a request, resolved on the server. */
export default getRequestConfig(async () => {
  const { locale, timeZone } = await preferencesOfViewer()
  return { locale, timeZone, messages: (await import(`../messages/${locale}.json`)).default }
})
