import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import type { EpochMs, Kept } from '@/lib/journey/types'
import { toMarkKind } from './describe-fact'
import { Instant } from './instant'
import { MarkShape } from './mark-shape'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** Everything the order databases recorded, with the time since the entry before. */
export function HistoryTable({ view, company }: Props) {
  const t = useTranslations('history')
  const words = useTranslations('fact')
  const names = useNames(company)
  const times = useTimes()
  const facts = view.facts.filter(({ kind }) => kind !== 'span')
  if (facts.length === 0) return <EmptyState title={t('empty')} />

  const tell = (fact: FactView) => {
    if (fact.kind === 'dead-letter') return t('deadLetter', { reason: fact.reason })
    if (fact.kind === 'span') return fact.name
    return t(fact.kind, { status: names.status(fact.status) })
  }
  const kept = (fact: FactView, at: Kept<EpochMs>) => {
    if (fact.kind !== 'change') return null
    if (typeof at === 'number') return times.instant(at)
    return <span className="text-muted">{at === null ? words('notYet') : words('notKept')}</span>
  }
  return (
    <Table
      caption={t('caption')}
      rows={facts}
      toKey={({ id }) => id}
      columns={[
        {
          id: 'time',
          label: `${t('time')}, ${times.zone(view.now)}`,
          heads: true,
          cell: ({ at }) => (
            <span className="whitespace-nowrap">
              <Instant at={at} />
            </span>
          ),
        },
        {
          id: 'after',
          label: t('after'),
          numeric: true,
          cell: ({ at }, index) => {
            const before = facts[index - 1]
            return before ? (
              <span className="whitespace-nowrap text-muted">
                +{times.duration(at - before.at)}
              </span>
            ) : null
          },
        },
        {
          id: 'what',
          label: t('what'),
          cell: (fact) => (
            <span
              className={`flex items-center gap-1.5 font-medium ${names.laneClass(fact.system)}`}
            >
              <span className="text-(--lane)">
                <MarkShape kind={toMarkKind(fact)} className="size-3" />
              </span>
              {tell(fact)}
            </span>
          ),
        },
        { id: 'system', label: t('system'), cell: ({ system }) => names.system(system) },
        {
          id: 'received',
          label: t('received'),
          cell: (fact) => kept(fact, fact.kind === 'change' ? fact.receivedAt : undefined),
        },
        {
          id: 'sent',
          label: t('sent'),
          cell: (fact) => kept(fact, fact.kind === 'change' ? fact.sentAt : undefined),
        },
        {
          id: 'source',
          label: t('source'),
          cell: ({ source }) => <span className="text-muted">{names.source(source)}</span>,
        },
      ]}
    />
  )
}
