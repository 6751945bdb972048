import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ExactId } from '@/components/ui/exact-id'
import { ExternalLink } from '@/components/ui/external-link'
import type { CompanyView } from '@/lib/contract/company'
import type { SourceReport } from '@/lib/journey/journey'
import type { FactView } from '@/lib/journey/journey-view'
import type { EpochMs, Kept } from '@/lib/journey/types'
import { findActor } from '../describe-fact'
import { Instant } from '../instant'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = {
  readonly fact: FactView
  readonly company: CompanyView
  /** What the source of the fact answered this time. */
  readonly report: SourceReport | undefined
  readonly traceUrl: string | null
}

/** Every field of one fact, with its name. */
export function DetailRows({ fact, company, report, traceUrl }: Props) {
  const t = useTranslations('fact')
  const names = useNames(company)
  return (
    <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-1 text-sm">
      <Row term={t('at')}>
        <Instant at={fact.at} precision="millisecond" zone />
      </Row>
      <Row term={t('source')}>{names.source(fact.source)}</Row>
      {report && (
        <>
          <Row term={t('askedAt')}>
            <Instant at={report.askedAt} />
          </Row>
          <Row term={t('asOf')}>
            {report.asOf === null ? t('ageUnknown') : <Instant at={report.asOf} />}
          </Row>
        </>
      )}
      <Row term={t('system')}>{names.system(fact.system)}</Row>
      {fact.kind === 'row' && <RowRows fact={fact} />}
      {fact.kind === 'change' && <ChangeRows fact={fact} />}
      {fact.kind === 'dead-letter' && (
        <>
          <Row term={t('queue')}>
            <ExactId id={fact.queue} />
          </Row>
          <Row term={t('reason')}>{fact.reason}</Row>
          <Row term={t('count')}>{fact.count}</Row>
        </>
      )}
      {fact.kind === 'queue' && <QueueRows fact={fact} />}
      {fact.kind === 'counter' && <CounterRows fact={fact} />}
      {fact.kind === 'file' && <FileRows fact={fact} />}
      {fact.kind === 'span' && <SpanRows fact={fact} company={company} traceUrl={traceUrl} />}
    </dl>
  )
}

function RowRows({ fact }: { readonly fact: Extract<FactView, { kind: 'row' }> }) {
  const t = useTranslations('fact')
  return (
    <>
      <KeptRow term={t('created')} at={fact.createdAt} />
      <KeptRow term={t('updated')} at={fact.updatedAt} />
      <KeptRow term={t('taken')} at={fact.takenAt} />
      <KeptRow term={t('pricingStarted')} at={fact.pricingStartedAt} />
    </>
  )
}

function ChangeRows({ fact }: { readonly fact: Extract<FactView, { kind: 'change' }> }) {
  const t = useTranslations('fact')
  const timeline = useTranslations('timeline')
  return (
    <>
      <Row term={timeline('who')}>
        {findActor(fact) ?? <span className="text-muted">{t('notKept')}</span>}
      </Row>
      <Row term={t('seq')}>{fact.seq}</Row>
      <KeptRow term={t('received')} at={fact.receivedAt} />
      <KeptRow term={t('sent')} at={fact.sentAt} />
    </>
  )
}

function QueueRows({ fact }: { readonly fact: Extract<FactView, { kind: 'queue' }> }) {
  const t = useTranslations('fact')
  return (
    <>
      <Row term={t('queue')}>
        <ExactId id={fact.queue} />
      </Row>
      <FigureRow term={t('ready')} figure={fact.ready} />
      <FigureRow term={t('unacked')} figure={fact.unacked} />
      <FigureRow term={t('consumers')} figure={fact.consumers} />
      {fact.headAt !== null && <KeptRow term={t('headAt')} at={fact.headAt} />}
    </>
  )
}

/** Nothing said is not zero. */
function FigureRow({ term, figure }: { readonly term: string; readonly figure: number | null }) {
  const t = useTranslations('fact')
  return <Row term={term}>{figure ?? <span className="text-muted">{t('notSaid')}</span>}</Row>
}

function CounterRows({ fact }: { readonly fact: Extract<FactView, { kind: 'counter' }> }) {
  const t = useTranslations('fact')
  return (
    <>
      <Row term={t(`counter.${fact.counter}`)}>+{fact.by}</Row>
      <KeptRow term={t('counterSince')} at={fact.since} />
    </>
  )
}

function FileRows({ fact }: { readonly fact: Extract<FactView, { kind: 'file' }> }) {
  const t = useTranslations('fact')
  const words = useTranslations('sources.file')
  return (
    <>
      <Row term={t('file')}>
        {words(fact.state)}
        {fact.state === 'absent' && !fact.proven && (
          <span className="block text-muted">{t('unproven')}</span>
        )}
      </Row>
      {fact.size !== null && <Row term={t('size')}>{t('bytes', { bytes: fact.size })}</Row>}
      {fact.modifiedAt !== null && <KeptRow term={t('modified')} at={fact.modifiedAt} />}
    </>
  )
}

type SpanProps = Omit<Props, 'fact' | 'report'> & {
  readonly fact: Extract<FactView, { kind: 'span' }>
}

function SpanRows({ fact, company, traceUrl }: SpanProps) {
  const t = useTranslations('fact')
  const timeline = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  return (
    <>
      <Row term={t('duration')}>{times.duration(fact.duration)}</Row>
      {fact.clockShift !== 0 && (
        <Row term={timeline('clock.shift')}>
          {timeline('shifted', { shift: times.shift(fact.clockShift) })}
        </Row>
      )}
      {fact.statusTo && (
        <Row term={t('fromTo')}>
          {fact.statusFrom && `${names.status(fact.statusFrom)} → `}
          {names.status(fact.statusTo)}
        </Row>
      )}
      <Row term={t('service')}>{fact.service}</Row>
      <Row term={t('spanKind')}>{fact.spanKind}</Row>
      <Row term={t('trace')}>
        <TraceLink traceId={fact.traceId} traceUrl={traceUrl} />
      </Row>
      <Row term={t('span')}>
        <ExactId id={fact.spanId} />
      </Row>
      {fact.parentId && (
        <Row term={t('parent')}>
          <ExactId id={fact.parentId} />
        </Row>
      )}
      {fact.links.length > 0 && (
        <Row term={t('links')}>
          {fact.links.map(({ traceId, spanId }) => (
            <span key={`${traceId}${spanId}`} className="block">
              <TraceLink traceId={traceId} traceUrl={traceUrl} />
            </span>
          ))}
        </Row>
      )}
    </>
  )
}

type TraceLinkProps = {
  readonly traceId: string
  readonly traceUrl: string | null
  /** Words in place of the id. */
  readonly children?: ReactNode
}

/** A trace id, leading to the trace store where this viewer has its address. */
export function TraceLink({ traceId, traceUrl, children }: TraceLinkProps) {
  const t = useTranslations('traces')
  const id = children ?? <ExactId id={traceId} />
  if (!traceUrl) return id
  return (
    <ExternalLink
      href={traceUrl.replaceAll('{traceId}', encodeURIComponent(traceId))}
      label={t('open', { id: traceId })}
    >
      {id}
    </ExternalLink>
  )
}

type KeptProps = { readonly term: string; readonly at: Kept<EpochMs> }

/** A moment that may not have come yet, or that the company does not record: the two are not the same. */
function KeptRow({ term, at }: KeptProps) {
  const t = useTranslations('fact')
  return (
    <Row term={term}>
      {typeof at === 'number' ? (
        <Instant at={at} />
      ) : (
        <span className="text-muted">{at === null ? t('notYet') : t('notKept')}</span>
      )}
    </Row>
  )
}

type RowProps = { readonly term: string; readonly children: ReactNode }

export const Row = ({ term, children }: RowProps) => (
  <>
    <dt className="text-muted">
      <bdi>{term}</bdi>
    </dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </>
)
