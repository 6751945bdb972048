import { CopyX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { ExactId } from '@/components/ui/exact-id'
import { Link } from '@/components/ui/link'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** The partner's order came in more than once: which ones there are, and that none may go on yet. */
export function DuplicateNotice({ view: { duplicates }, company }: Props) {
  const t = useTranslations('headline')
  const names = useNames(company)
  const times = useTimes()
  if (duplicates.length === 0) return null
  return (
    <div className="level-breach mt-4 flex max-w-prose gap-2 rounded-md bg-(--level-ground) px-3 py-2 text-sm">
      <CopyX aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-(--level)" />
      <div className="min-w-0">
        <p className="font-medium text-(--level)">
          {t('duplicates', { count: duplicates.length + 1 })}
        </p>
        <ul className="mt-1">
          {duplicates.map(({ orderId, status, createdAt }) => (
            <li key={orderId} className="flex min-h-6 flex-wrap items-baseline gap-x-2">
              <Link href={`/orders/${encodeURIComponent(orderId)}`}>
                <ExactId id={orderId} />
              </Link>
              <span className="text-muted">
                <bdi>{names.status(status)}</bdi>,{' '}
                {t('duplicateMade', { at: times.instant(createdAt, 'second') })}
              </span>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
