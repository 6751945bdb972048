import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { Button } from '@/components/ui/button'
import { providerHost } from '@/lib/auth/provider-host'
import { toSignInFailure } from '@/lib/auth/to-failed-sign-in'
import { toReturnTo } from '@/lib/http/return-to'
import { sayStatus } from '@/lib/http/say-status'

export const dynamic = 'force-dynamic'

type Props = {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

export async function generateMetadata(): Promise<Metadata> {
  const [t, app] = await Promise.all([getTranslations('auth'), getTranslations('app')])
  return { title: `${t('button')} · ${app('name')}` }
}

/** A form of our own, so that signing in works without scripts. */
export default async function SignIn({ searchParams }: Props) {
  const { returnTo, ended, failed } = await searchParams
  const t = await getTranslations('auth')
  const failure = toSignInFailure(failed)
  if (failed === 'provider') await sayStatus(503)
  return (
    <section className="mx-auto max-w-md py-16">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('lead')}</p>
      {failed !== undefined && (
        <p role="alert" className="mt-6 rounded-md bg-breach-ground px-3 py-2 text-breach">
          {t(`failed.${failure}`, { provider: providerHost() })}
        </p>
      )}
      {ended !== undefined && failed === undefined && (
        <p role="status" className="mt-6 rounded-md bg-warn-ground px-3 py-2 text-warn">
          {t('ended')}
        </p>
      )}
      <form method="post" action="/api/auth/signin/oidc" className="mt-8">
        <input type="hidden" name="returnTo" value={toReturnTo(returnTo)} />
        <Button type="submit" look="main" className="min-h-10 px-5">
          {t('button')}
        </Button>
      </form>
    </section>
  )
}
