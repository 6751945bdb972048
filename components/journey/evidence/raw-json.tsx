import { Braces } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** The same journey as JSON, as this viewer may see it. */
export function RawJson({ orderId }: { readonly orderId: string }) {
  const t = useTranslations('headline')
  return (
    <a
      href={`/api/orders/${encodeURIComponent(orderId)}/journey`}
      className="inline-flex min-h-8 print:hidden items-center gap-1.5 rounded-md px-2 text-sm font-medium hover:bg-sunken"
    >
      <Braces aria-hidden="true" className="size-3.5" />
      {t('json')}
    </a>
  )
}
