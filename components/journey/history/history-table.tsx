import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { Table } from '@/components/ui/table'
import type { CompanyView } from '@/lib/contract/company'
import type { ChangeFactView, FactView, JourneyView, RowFactView } from '@/lib/journey/journey-view'
import { nameFact, toMarkKind } from '../describe-fact'
import { Instant } from '../instant'
import { MarkShape } from '../mark-shape'
import type { OpensFact } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { findCause, findEvents } from './find-cause'

type Props = OpensFact & { readonly view: JourneyView; readonly company: CompanyView }

/** Everything that happened to the order, with the time since the entry before and who caused it. */
export function HistoryTable({ view, company, toHref, onOpen }: Props) {
  const t = useTranslations('history')
  const words = useTranslations('fact')
  const names = useNames(company)
  const times = useTimes()
  const facts = findEvents(view)
  if (facts.length === 0) return <EmptyState title={t('empty')} />

  const tell = (fact: FactView) => {
    if (fact.kind === 'dead-letter') return t('deadLetter', { reason: fact.reason })
    if (fact.kind === 'span') return t('fromTraces', { status: names.status(fact.statusTo ?? '') })
    if (fact.kind === 'change' || fact.kind === 'row')
      return t(fact.kind, { status: names.status(fact.status) })
    return nameFact(fact, names)
  }
  const passed = (name: 'receivedAt' | 'sentAt') => (fact: FactView) => {
    if (fact.kind !== 'change') return null
    const at = fact[name]
    if (typeof at === 'number') return times.instant(at)
    if (at === undefined) return <span className="text-muted">{words('notKept')}</span>
    const awaited = name === 'sentAt' && isAwaited(view, fact)
    return <span className="text-muted">{awaited ? words('notYet') : '–'}</span>
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
          cell: (fact, index) => {
            const before = facts[index - 1]
            if (!before || isSameMoment(before, fact)) return null
            return (
              <span className="whitespace-nowrap text-muted">
                +{times.duration(fact.at - before.at)}
              </span>
            )
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
              <a
                href={toHref(fact.id)}
                onClick={(event) => onOpen(event, fact.id)}
                title={t('open', { what: tell(fact) })}
                className="inline-flex min-h-6 items-center underline-offset-3 hover:underline"
              >
                {tell(fact)}
              </a>
            </span>
          ),
        },
        { id: 'system', label: t('system'), cell: ({ system }) => names.system(system) },
        {
          id: 'who',
          label: t('who'),
          cell: (fact) => <Who fact={fact} view={view} company={company} />,
        },
        ...(facts.some((fact) => fact.kind === 'change' && typeof fact.receivedAt === 'number')
          ? [{ id: 'received', label: t('received'), cell: passed('receivedAt') }]
          : []),
        ...(facts.some((fact) => isSent(view, fact))
          ? [{ id: 'sent', label: t('sent'), cell: passed('sentAt') }]
          : []),
        {
          id: 'source',
          label: t('source'),
          cell: ({ source }) => <span className="text-muted">{names.source(source)}</span>,
        },
      ]}
    />
  )
}

type WhoProps = {
  readonly fact: FactView
  readonly view: JourneyView
  readonly company: CompanyView
}

function Who({ fact, view, company }: WhoProps) {
  const t = useTranslations('history')
  const names = useNames(company)
  // What a record says now is no event of its own where its history has the change.
  if (fact.kind === 'row' && view.facts.some((one) => isSameStatus(one, fact))) return null
  const cause = findCause(fact, view)
  if (!cause) return <span className="text-muted">{t('nobody')}</span>
  if (cause.kind === 'handed') return t('handed', { system: names.system(cause.from) })
  return cause.kind === 'job' ? t('job', cause) : <bdi>{t('person', { id: cause.id })}</bdi>
}

const isSameStatus = (one: FactView, { system, status }: RowFactView) =>
  one.kind === 'change' && one.system === system && one.status === status

/** A record and the change that made it: the time between them says nothing. */
const isSameMoment = (before: FactView, { system, at, source }: FactView) =>
  before.system === system && before.source === source && at - before.at < 1000

/** Handed to somebody who does not have it yet; where nobody waits, nothing is missing. */
const isAwaited = ({ handoffs }: JourneyView, { system, status }: ChangeFactView) =>
  handoffs.some((one) => one.state === 'open' && one.from === system && one.status === status)

const isSent = (view: JourneyView, fact: FactView) =>
  fact.kind === 'change' &&
  (typeof fact.sentAt === 'number' || (fact.sentAt === null && isAwaited(view, fact)))
