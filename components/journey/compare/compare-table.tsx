import { Split } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import { type Absence, type ComparedStay, isStay } from '@/lib/journey/compare/compare-ways'
import type { DwellHistory } from '@/lib/journey/compare/dwell-history'
import { rankDwell } from '@/lib/journey/compare/rank-dwell'
import type { Stay } from '@/lib/journey/compare/way'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import type { CompareWords } from './use-compare-words'

type Props = {
  readonly rows: readonly ComparedStay[]
  /** The first row at which the two part. */
  readonly parting: ComparedStay | undefined
  /** What the other column is called. */
  readonly there: string
  readonly company: CompanyView
  readonly history: DwellHistory | null
  readonly t: CompareWords
}

/** One row for each stage of either way. */
export function CompareTable({ rows, parting, there, company, history, t }: Props) {
  const names = useNames(company)
  const times = useTimes()

  const tell = (side: Stay | Absence, clock: ComparedStay['clock']) => {
    if (!isStay(side)) return <span className="text-muted">{t(`absent.${side}`)}</span>
    const ms = side.dwell[clock]
    if (ms === null) return t('end')
    const told = times.duration(ms, clock)
    return (
      <>
        {!side.exact && <abbr title={t('inexact')}>≈ </abbr>}
        {side.open ? t('soFar', { ms: told }) : told}
      </>
    )
  }
  const difference = ({ difference: ms, clock }: ComparedStay) => {
    if (ms === null) return null
    if (ms === 0) return t('equal')
    return t(ms > 0 ? 'longer' : 'shorter', { ms: times.duration(Math.abs(ms), clock) })
  }
  const rank = ({ here }: ComparedStay) => {
    if (!history || !isStay(here) || here.dwell[here.clock] === null) return null
    const found = rankDwell(here, history)
    return found ? (
      t('rankOf', { percent: found.longerThan, count: found.of })
    ) : (
      <span className="text-muted">{t('rankNone')}</span>
    )
  }
  return (
    <Table
      caption={t('caption')}
      rows={rows}
      toKey={({ status, entry }) => `${status} ${entry}`}
      columns={[
        {
          id: 'stage',
          label: t('stage'),
          heads: true,
          cell: (row) => (
            <span className={`grid justify-items-start gap-0.5 ${names.laneClass(row.system)}`}>
              <span className="flex items-baseline gap-1.5 font-medium">
                <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-(--lane)" />
                <bdi>{names.status(row.status)}</bdi>
                {row.entry > 1 && (
                  <span className="text-xs font-normal text-muted">
                    {t('again', { count: row.entry })}
                  </span>
                )}
              </span>
              {row === parting && (
                <Badge tone="warn" icon={<Split aria-hidden="true" className="size-3.5" />}>
                  {t('mark')}
                </Badge>
              )}
            </span>
          ),
        },
        { id: 'here', label: t('here'), cell: (row) => tell(row.here, row.clock) },
        { id: 'there', label: there, cell: (row) => tell(row.there, row.clock) },
        { id: 'difference', label: t('difference'), cell: difference },
        ...(history ? [{ id: 'rank', label: t('rank'), cell: rank }] : []),
      ]}
    />
  )
}
