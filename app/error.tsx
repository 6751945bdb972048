'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { Link } from '@/components/ui/link'

type Props = { readonly error: Error & { digest?: string } }

/** A bug of ours, or a page whose second part was lost on the way: never the order's fault. */
export default function ErrorPage({ error: { digest } }: Props) {
  const t = useTranslations('error')
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-2xl px-4 py-10">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      {/* Only what the server said has been written down. */}
      <p className="mt-2 text-muted">{t(digest ? 'text' : 'textHere')}</p>
      <p className="mt-6 flex flex-wrap items-center gap-4">
        {/* Drawn again from the same answer it would fail again. */}
        <Button look="main" onClick={() => window.location.reload()}>
          {t('again')}
        </Button>
        <Link href="/">{t('back')}</Link>
        {digest && <span className="font-mono text-sm text-muted">{digest}</span>}
      </p>
    </main>
  )
}
