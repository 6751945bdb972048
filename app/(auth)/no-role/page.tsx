import type { Metadata, Route } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { findEntrant } from '@/lib/auth/find-entrant'
import { sayStatus } from '@/lib/http/say-status'
import { supportContact } from '@/lib/http/support-contact'

export const dynamic = 'force-dynamic'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('auth')
  return { title: t('noRoleTitle') }
}

/** Where a sign-in ends that no role came with: it says whom to ask, and lets the person sign in as another. */
export default async function NoRole() {
  const entrant = await findEntrant()
  if (entrant === 'nobody') redirect('/signin')
  if (entrant === 'welcome') redirect('/' as Route)

  await sayStatus(403)
  const [t, shell] = await Promise.all([getTranslations('auth'), getTranslations('shell')])
  const contact = supportContact()
  return (
    <section className="mx-auto max-w-md py-16">
      <h1 className="text-xl font-semibold tracking-tight">{t('noRoleTitle')}</h1>
      <p className="mt-2 text-muted">
        {contact ? t('noRoleText', { contact }) : t('noRoleTextPlain')}
      </p>
      <form method="post" action="/api/logout" className="mt-8">
        <Button type="submit">{shell('signOut')}</Button>
      </form>
    </section>
  )
}
