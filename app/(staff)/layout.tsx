import type { ReactNode } from 'react'
import { Header } from '@/components/shell/header'
import { SystemsStrip } from '@/components/systems/systems-strip'
import { preferencesOfViewer } from '@/i18n/preferences-of-viewer'
import { requireViewer } from '@/lib/auth/require-viewer'
import { isAppError } from '@/lib/errors'
import { loadCompany } from '@/lib/services/load-company'

type Props = { readonly children: ReactNode }

/** The frame of every page. It refuses nobody: each page asks for itself, where data is read. */
export default async function StaffLayout({ children }: Props) {
  const company = loadCompany()
  const [person, preferences] = await Promise.all([findPerson(), preferencesOfViewer()])
  return (
    <>
      <Header person={person} preferences={preferences} orderIdExample={company.orderIdExample} />
      {person && <SystemsStrip company={company} />}
      <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-3 py-4 sm:px-6">
        {children}
      </main>
    </>
  )
}

/** Only what is shown: the rest of a viewer stays on the server. */
async function findPerson() {
  try {
    const { name, roles } = await requireViewer()
    return { name, roles }
  } catch (error) {
    if (isAppError(error)) return null
    throw error
  }
}
