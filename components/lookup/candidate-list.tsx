import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { ExactId } from '@/components/ui/exact-id'
import { Link } from '@/components/ui/link'
import { toOrderPath } from './to-order-path'

type Props = { readonly traceId: string; readonly orderIds: readonly string[] }

/** The orders of one trace, to choose from. */
export function CandidateList({ traceId, orderIds }: Props) {
  const t = useTranslations('lookup')
  if (orderIds.length === 0)
    return (
      <EmptyState title={t('noCandidatesTitle')}>
        {t('noCandidatesText', { trace: traceId })}
      </EmptyState>
    )
  return (
    <section aria-labelledby="candidates-title" className="card">
      <h2 id="candidates-title" className="px-4 pt-3 font-semibold">
        {t('candidatesTitle', { count: orderIds.length })}
      </h2>
      <p className="px-4 pb-2 text-sm text-muted">{t('candidatesText', { trace: traceId })}</p>
      <ul className="grid grid-cols-2 border-t border-line p-1 sm:grid-cols-3 md:grid-cols-4">
        {orderIds.map((orderId) => (
          <li key={orderId}>
            <Link
              href={toOrderPath(orderId)}
              className="block rounded-sm px-3 py-2 hover:bg-sunken"
            >
              <ExactId id={orderId} className="text-accent" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
