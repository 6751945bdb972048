import type { CompanyView } from '@/lib/contract/company'
import { compareWays } from '@/lib/journey/compare/compare-ways'
import type { DwellHistory } from '@/lib/journey/compare/dwell-history'
import { toMedianWay, toWay } from '@/lib/journey/compare/way'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useGoingOn } from '../going-on'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { CompareTable } from './compare-table'
import { ExpectedEnd } from './expected-end'
import type { CompareWords } from './use-compare-words'

type Props = {
  readonly view: JourneyView
  /** null: beside what is usual. */
  readonly other: JourneyView | null
  readonly company: CompanyView
  readonly history: DwellHistory | null
  readonly t: CompareWords
}

const MINUTE = 60_000

/** Two ways stage by stage, where they part first, and when this order is likely to end. */
export function Comparison({ view, other, company, history, t }: Props) {
  const names = useNames(company)
  const times = useTimes()
  const minutes = useGoingOn(view.now, (now) => Math.floor((now - view.now) / MINUTE))
  const here = toWay(view, view.now + minutes * MINUTE)
  const there = other ? toWay(other) : history && toMedianWay(history)
  if (!there) return null
  const rows = compareWays(here, there)
  const parting = rows.find(({ parts }) => parts !== null)
  const channel = (one: JourneyView) => (one.channel === null ? '—' : names.channel(one.channel))
  return (
    <>
      <div className="grid max-w-prose gap-1 text-sm">
        {other && other.channel !== view.channel && (
          <p>{t('otherKind', { here: channel(view), there: channel(other) })}</p>
        )}
        <p className="font-medium">
          {parting?.parts
            ? t(`parts.${parting.parts}`, { status: names.status(parting.status) })
            : t('together')}
        </p>
        {other && (
          <p className="text-muted">
            {t('asOf', { order: other.orderId, at: times.instant(other.now, 'minute') })}
          </p>
        )}
      </div>
      <CompareTable
        rows={rows}
        parting={parting}
        there={other?.orderId ?? t('median')}
        company={company}
        history={history}
        t={t}
      />
      {history ? (
        <ExpectedEnd way={here} history={history} now={view.now + minutes * MINUTE} t={t} />
      ) : (
        <p className="max-w-prose text-sm text-muted">{t('noHistoryBeside')}</p>
      )}
    </>
  )
}
