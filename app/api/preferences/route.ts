import { cookies } from 'next/headers'
import { preferencesForm } from '@/lib/contract/preferences'
import { defineRoute } from '@/lib/http/define-route'
import { seeOther } from '@/lib/http/see-other'
import { context } from '@/lib/services/context'
import { keepPreferences } from '@/lib/services/keep-preferences'

/** Keeps how a viewer wants to see the product, and goes back to where they were. */
export const POST = defineRoute({
  action: 'preferences.own',
  input: preferencesForm,
  async answer({ viewer, request, input: { back, ...chosen } }) {
    const cookie = await keepPreferences(context(viewer, request), chosen)
    const jar = await cookies()
    jar.set(cookie)
    return seeOther(back)
  },
})
