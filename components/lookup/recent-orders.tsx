import { useTranslations } from 'next-intl'
import { useTimes } from '@/components/journey/use-times'
import { ExactId } from '@/components/ui/exact-id'
import { Link } from '@/components/ui/link'
import { toOrderPath } from './to-order-path'

type Props = {
  readonly orders: readonly { readonly orderId: string; readonly seenAt: number }[]
  readonly now: number
}

/** The orders one opened lately, one's own only. */
export function RecentOrders({ orders, now }: Props) {
  const t = useTranslations('lookup')
  const times = useTimes()
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title" className="text-sm font-semibold">
        {t('recentTitle')}
      </h2>
      {orders.length === 0 ? (
        <p className="mt-1 text-sm text-muted">{t('recentEmpty')}</p>
      ) : (
        <ul className="mt-2 divide-y divide-line border-y border-line">
          {orders.map(({ orderId, seenAt }) => (
            <li key={orderId}>
              <Link
                href={toOrderPath(orderId)}
                className="flex flex-wrap items-baseline justify-between gap-x-4 px-1 py-2 hover:bg-sunken"
              >
                <ExactId id={orderId} className="text-accent" />
                <span className="text-xs text-muted">
                  {t('opened', { ago: times.relative(seenAt, now) })}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
