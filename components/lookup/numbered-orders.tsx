import { useTranslations } from 'next-intl'
import { useNames } from '@/components/journey/use-names'
import { useTimes } from '@/components/journey/use-times'
import { ExactId } from '@/components/ui/exact-id'
import { Link } from '@/components/ui/link'
import type { CompanyView } from '@/lib/contract/company'
import type { Candidate } from '@/lib/contract/order'
import { SilentSources } from './silent-sources'
import { toOrderPath } from './to-order-path'

type Props = {
  readonly number: string
  readonly candidates: readonly Candidate[]
  readonly silent: readonly string[]
  readonly company: CompanyView
}

/** The orders that partners know by one number, with what tells them apart. */
export function NumberedOrders({ number, candidates, silent, company }: Props) {
  const t = useTranslations('lookup')
  return (
    <section aria-labelledby="candidates-title" className="card overflow-hidden">
      <h2 id="candidates-title" className="px-4 pt-3 font-semibold">
        {t.rich('numberedTitle', {
          count: candidates.length,
          number: () => <ExactId id={number} />,
        })}
      </h2>
      <p className="px-4 pb-3 text-sm text-muted">
        {t('numberedText', { count: candidates.length })}
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {candidates.map((candidate) => (
          <li key={candidate.orderId}>
            <Link
              href={toOrderPath(candidate.orderId)}
              className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 px-4 py-2.5 hover:bg-sunken"
            >
              <Told candidate={candidate} company={company} />
            </Link>
          </li>
        ))}
      </ul>
      <SilentSources silent={silent} company={company} className="m-3" />
    </section>
  )
}

type ToldProps = { readonly candidate: Candidate; readonly company: CompanyView }

function Told({ candidate, company }: ToldProps) {
  const t = useTranslations('lookup')
  const names = useNames(company)
  const times = useTimes()
  const { orderId, partner, channel, createdAt, current } = candidate
  const aside = [
    partner ? t('partner', { partner }) : channel && names.channel(channel),
    createdAt !== null && t('made', { at: times.instant(createdAt, 'minute') }),
  ]
  return (
    <>
      <ExactId id={orderId} className="font-semibold text-accent" />
      <span className="text-sm font-medium text-ink">
        <bdi>{current ? names.status(current.status) : t('noStatus')}</bdi>
      </span>
      <span className="w-full text-xs text-muted">{aside.filter(Boolean).join(' · ')}</span>
    </>
  )
}
