'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'

type Props = { readonly error: Error & { digest?: string }; readonly reset: () => void }

/** A bug of ours: the fault of the page, never of the order. */
export default function ErrorPage({ error, reset }: Props) {
  const t = useTranslations('error')
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-2xl px-4 py-10">
      <h1 className="text-xl font-semibold tracking-tight">{t('title')}</h1>
      <p className="mt-2 text-muted">{t('text')}</p>
      <p className="mt-6 flex items-center gap-4">
        <Button look="main" onClick={reset}>
          {t('again')}
        </Button>
        {error.digest && <span className="font-mono text-sm text-muted">{error.digest}</span>}
      </p>
    </main>
  )
}
