import { useTranslations } from 'next-intl'
import { Link } from '@/components/ui/link'

/** An address that is no page of ours. */
export default function NotFound() {
  const t = useTranslations()
  return (
    <main id="content" tabIndex={-1} className="mx-auto max-w-2xl px-4 py-10">
      <h1 className="text-xl font-semibold tracking-tight">{t('error.pageTitle')}</h1>
      <p className="mt-2 text-muted">{t('error.pageText')}</p>
      <p className="mt-6">
        <Link href="/">{t('refusal.back')}</Link>
      </p>
    </main>
  )
}
