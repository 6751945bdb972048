'use client'

import { CircleCheck, CircleDashed, CircleOff, CircleSlash, Clock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { CompanyView } from '@/lib/contract/company'
import type { SourceReport, SourceState } from '@/lib/journey/journey'
import { useGoingOn } from '../going-on'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { useNotes } from './use-notes'

/** Ages of seconds every second would only flicker. */
const STEP_MS = 5_000

type Props = {
  readonly sources: readonly SourceReport[]
  readonly now: number
  readonly company: CompanyView
}

/** What each source answered, and how old its data are. */
export function SourceFreshness({ sources, now: told, company }: Props) {
  const t = useTranslations('sources')
  const now = useGoingOn(told, (moment) => moment - ((moment - told) % STEP_MS))
  return (
    <section aria-labelledby="sources-title" className="card">
      <h2 id="sources-title" className="px-3 pt-2.5 text-sm font-semibold">
        {t('title')}
      </h2>
      <ul className="divide-y divide-line">
        {sources.map((report) => (
          <Source key={report.source} report={report} now={now} company={company} />
        ))}
      </ul>
    </section>
  )
}

const LOOKS: Record<SourceState, { tone: 'ok' | 'warn' | 'breach' | 'none'; Icon: typeof Clock }> =
  {
    ok: { tone: 'ok', Icon: CircleCheck },
    stale: { tone: 'warn', Icon: Clock },
    partial: { tone: 'warn', Icon: CircleDashed },
    missing: { tone: 'breach', Icon: CircleOff },
    'not-configured': { tone: 'none', Icon: CircleSlash },
  }

/** Younger than the time it takes to read the page. */
const FRESH_MS = 10_000

type SourceProps = Omit<Props, 'sources'> & { readonly report: SourceReport }

function Source({ report, now, company }: SourceProps) {
  const t = useTranslations('sources')
  const names = useNames(company)
  const notes = useNotes()
  const times = useTimes()
  const { tone, Icon } = LOOKS[report.state]
  const { asOf, state, tookMs, keepsHistory, notKept = [] } = report
  const answered = state !== 'missing' && state !== 'not-configured'
  return (
    <li className="px-3 py-2 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <span className="font-medium">{names.source(report.source)}</span>
        <Badge tone={tone} icon={<Icon aria-hidden="true" className="size-3.5" />}>
          {t(`state.${state}`)}
        </Badge>
      </div>
      <p className="mt-0.5 text-xs text-muted tabular-nums">
        {[
          report.reason && notes.reason(report.reason),
          answered && toAge(),
          toAsked(),
          answered && t('took', { took: times.duration(tookMs) }),
          keepsHistory === false && t('noHistory'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {notKept.length > 0 && (
        <p className="mt-0.5 text-xs text-muted">
          {t('notKept')} <span className="font-mono">{notKept.join(', ')}</span>
        </p>
      )}
      {report.notes && report.notes.length > 0 && (
        <ul className="mt-1 list-inside list-disc text-xs text-muted">
          {report.notes.map((note) => (
            <li key={`${note.code}${JSON.stringify(note.values)}`}>{notes.note(note)}</li>
          ))}
        </ul>
      )}
    </li>
  )

  function toAge() {
    if (asOf === null) return t('ageUnknown')
    const age = now - asOf
    if (age < FRESH_MS) return t('current', { at: times.clock(asOf, 'second') })
    return `${t('asOf', { at: times.clock(asOf, 'second') })}, ${t('age', { age: toWhole(age) })}`
  }

  /** How long ago it was asked, unless it was just now. */
  function toAsked() {
    const ago = now - report.askedAt
    return state !== 'not-configured' && ago >= FRESH_MS && t('asked', { age: toWhole(ago) })
  }

  function toWhole(age: number) {
    return times.duration(age - (age % 1_000))
  }
}
