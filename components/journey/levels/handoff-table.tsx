import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import type { Handoff } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { GoingOnText } from '../going-on'
import { Instant } from '../instant'
import type { OpensFact } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { LevelBadge } from './level-badge'
import { useLimitWords, waitAt } from './use-limit-words'
import { Wait } from './wait'

/** The wait is no more exact than the entry it is counted from. */
const findWhy = ({ status, from, started }: Handoff, { stages }: JourneyView) =>
  stages.find(
    (stage) => stage.status === status && stage.system === from && stage.entered === started,
  )?.approximate ?? null

/** Worth a line of a summary: it is under way, or took too long. */
const isNews = ({ arrived, level }: Handoff) => arrived === null || level !== 'ok'

type Props = OpensFact & { readonly view: JourneyView; readonly company: CompanyView }

/** Every passing of the order between two systems: how long, against which limit, and whether it arrived. */
export function HandoffTable({ view, company, toHref, onOpen }: Props) {
  const t = useTranslations('handoffs')
  const reasons = useTranslations('approximate')
  const states = useTranslations('timeline.handoffState')
  const names = useNames(company)
  const times = useTimes()
  const words = useLimitWords()
  const { handoffs, now } = view
  if (handoffs.length === 0) return null

  const against = ({ limit, state, started, wait, arrived }: Handoff) => {
    if (limit === null || state === 'unseen' || state === 'closed') return null
    const judged = { limit, until: started + wait, ended: arrived !== null }
    return <GoingOnText told={now} tell={(moment) => words.against(waitAt(judged, moment))} />
  }
  return (
    <section
      aria-labelledby="handoffs-title"
      className={handoffs.some(isNews) ? '' : 'print:hidden'}
    >
      <h2 id="handoffs-title" className="pb-1.5 text-sm font-semibold">
        {t('title')}
      </h2>
      <Table
        caption={t('caption')}
        rows={handoffs}
        onPaper={isNews}
        toKey={({ from, to, status, started }) => `${from} ${to} ${status} ${started}`}
        columns={[
          {
            id: 'way',
            label: t('way'),
            heads: true,
            cell: ({ from, to, evidence: [fact] }) => {
              const way = `${names.system(from)} → ${names.system(to)}`
              return fact === undefined ? (
                way
              ) : (
                <a
                  href={toHref(fact)}
                  onClick={(event) => onOpen(event, fact)}
                  className="inline-block min-h-6 text-accent underline decoration-1 underline-offset-3"
                  title={t('open', { from: names.system(from), to: names.system(to) })}
                >
                  {way}
                </a>
              )
            },
          },
          { id: 'status', label: t('status'), cell: ({ status }) => names.status(status) },
          {
            id: 'started',
            label: `${t('started')}, ${times.zone(now)}`,
            cell: ({ started }) => (
              <span className="whitespace-nowrap">
                <Instant at={started} />
              </span>
            ),
          },
          {
            id: 'wait',
            label: t('wait'),
            numeric: true,
            cell: (handoff) => {
              const why = findWhy(handoff, view)
              return (
                <>
                  <span className="whitespace-nowrap">
                    {why && '≈ '}
                    <Wait handoff={handoff} now={now} />
                  </span>
                  {why && <span className="block text-xs text-muted">{reasons(why)}</span>}
                </>
              )
            },
          },
          {
            id: 'limit',
            label: t('limit'),
            cell: ({ limit }) =>
              limit && (
                <>
                  {words.goals(limit)}
                  <span className="block text-xs text-muted">{words.clock(limit)}</span>
                </>
              ),
          },
          {
            id: 'state',
            label: t('state'),
            cell: (handoff) => (
              <span className="flex flex-wrap items-center gap-1">
                <Badge>{states(handoff.state)}</Badge>
                {handoff.level !== 'ok' && <LevelBadge level={handoff.level} />}
                {handoff.because && (
                  <span className="w-full text-xs text-muted">
                    {t('unseen', { source: names.source(handoff.because) })}
                  </span>
                )}
              </span>
            ),
          },
          {
            id: 'against',
            label: t('against'),
            cell: (handoff) => <span className="text-muted">{against(handoff)}</span>,
          },
        ]}
      />
    </section>
  )
}
