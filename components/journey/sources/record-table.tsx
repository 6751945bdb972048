import { useTranslations } from 'next-intl'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { Instant } from '../instant'
import { useNames } from '../use-names'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** What every system's record says now, one beneath the other. */
export function RecordTable({ view, company }: Props) {
  const t = useTranslations('disagreements')
  const names = useNames(company)
  const rows = view.facts.filter((fact) => fact.kind === 'row')
  if (rows.length < 2) return null
  return (
    <Table
      caption={t('records')}
      rows={rows}
      toKey={({ id }) => id}
      columns={[
        { id: 'system', label: t('system'), heads: true, cell: (row) => names.system(row.system) },
        { id: 'status', label: t('status'), cell: (row) => names.status(row.status) },
        {
          id: 'since',
          label: t('entered'),
          cell: ({ at, approximate }) => (
            <span className="whitespace-nowrap">
              {approximate && '≈ '}
              <Instant at={at} />
            </span>
          ),
        },
        {
          id: 'changed',
          label: t('changed'),
          cell: ({ updatedAt }) => (
            <span className="whitespace-nowrap">
              <Instant at={updatedAt} />
            </span>
          ),
        },
      ]}
    />
  )
}
