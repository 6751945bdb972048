import { useTranslations } from 'next-intl'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { nameFact, toMarkKind } from './describe-fact'
import { Instant } from './instant'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

const SHOWN = 500

/** The facts of the timeline for who cannot see it, or would rather read. */
export function FactTable({ view: { facts, now }, company }: Props) {
  const t = useTranslations('timeline')
  const words = useTranslations('fact')
  const names = useNames(company)
  const times = useTimes()
  return (
    <>
      <Table
        caption={t('asTable')}
        rows={facts.slice(0, SHOWN)}
        toKey={({ id }) => id}
        columns={[
          {
            id: 'at',
            label: `${words('at')}, ${times.zone(now)}`,
            heads: true,
            cell: ({ at }) => (
              <span className="whitespace-nowrap">
                <Instant at={at} />
              </span>
            ),
          },
          { id: 'system', label: words('system'), cell: ({ system }) => names.system(system) },
          { id: 'kind', label: words('spanKind'), cell: (fact) => t(`kind.${toMarkKind(fact)}`) },
          { id: 'what', label: words('title'), cell: (fact) => nameFact(fact, names) },
          {
            id: 'duration',
            label: words('duration'),
            numeric: true,
            cell: (fact) => (fact.kind === 'span' ? times.duration(fact.duration) : null),
          },
          { id: 'source', label: words('source'), cell: ({ source }) => names.source(source) },
        ]}
      />
      {facts.length > SHOWN && (
        <p className="mt-1 text-sm text-muted">
          {t('tableMore', { shown: SHOWN, count: facts.length })}
        </p>
      )}
    </>
  )
}
