'use client'

import { useTranslations } from 'next-intl'
import { CloseButton } from '@/components/ui/close-button'
import { CopyButton } from '@/components/ui/copy-button'
import type { CompanyView } from '@/lib/contract/company'
import type { SourceReport } from '@/lib/journey/journey'
import type { FactView } from '@/lib/journey/journey-view'
import { nameFact, toMarkKind } from '../describe-fact'
import { Instant } from '../instant'
import { MarkShape } from '../mark-shape'
import { groupAttempts } from '../timeline/group-attempts'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { DetailRows, Row, TraceLink } from './detail-rows'

type Props = {
  readonly fact: FactView
  /** The others that share its mark on the timeline, itself among them. */
  readonly beside: readonly FactView[]
  readonly company: CompanyView
  /** When the source of this fact was asked stands in its report. */
  readonly sources: readonly SourceReport[]
  readonly traceUrl: string | null
  readonly onPick: (factId: string) => void
  readonly onClose: () => void
}

const PICKED = 40

/** All about one fact. */
export function FactDetails(props: Props) {
  const { fact, beside, company, sources, traceUrl, onPick, onClose } = props
  const t = useTranslations('fact')
  const timeline = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  const kind = toMarkKind(fact)
  const attempts = tellAttempts(beside)
  return (
    <section id="fact-details" aria-labelledby="fact-title" aria-live="polite" className="card">
      <header
        className={`flex flex-wrap items-start gap-2 border-b border-line px-3 py-2 ${names.laneClass(fact.system)}`}
      >
        <span className="pt-1 text-(--lane)">
          <MarkShape kind={kind} />
        </span>
        <h2 id="fact-title" className="min-w-0 text-sm font-semibold">
          <bdi>{nameFact(fact, names)}</bdi>
          <span className="block text-xs font-normal text-muted">{timeline(`kind.${kind}`)}</span>
        </h2>
        <span className="ml-auto flex flex-wrap justify-end gap-1">
          {fact.kind === 'span' && traceUrl && (
            <span className="inline-flex min-h-8 items-center px-1.5 text-sm">
              <TraceLink traceId={fact.traceId} traceUrl={traceUrl}>
                {t('openTrace')}
              </TraceLink>
            </span>
          )}
          <CopyButton>{t('copyLink')}</CopyButton>
          <CopyButton text={JSON.stringify(fact, null, 2)}>{t('copyJson')}</CopyButton>
          <CloseButton label={t('close')} onClose={onClose} />
        </span>
      </header>
      <div className="grid gap-x-8 gap-y-4 px-3 py-3 md:grid-cols-2">
        <div>
          <DetailRows
            fact={fact}
            company={company}
            report={sources.find(({ source }) => source === fact.source)}
            traceUrl={traceUrl}
          />
          <Remarks fact={fact} />
          {beside.length > 1 && (
            <div className="mt-3">
              <p className="eyebrow">
                {attempts ? timeline('attempts', attempts) : t('pick', { count: beside.length })}
              </p>
              <ul className="mt-1 max-h-48 overflow-y-auto text-sm">
                {beside.slice(0, PICKED).map((one) => (
                  <li key={one.id}>
                    <button
                      type="button"
                      aria-pressed={one.id === fact.id}
                      onClick={() => onPick(one.id)}
                      className="flex w-full items-center gap-1.5 rounded-sm px-1 py-0.5 text-left hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-medium"
                    >
                      <MarkShape kind={toMarkKind(one)} className="size-3" />
                      <span className="min-w-0 truncate">{nameFact(one, names)}</span>
                      <span className="ml-auto shrink-0 pl-2 text-xs text-muted">
                        {one.kind === 'span' && one.failed && `${timeline('failed')} · `}
                        {times.clock(one.at, 'millisecond')}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
              {beside.length > PICKED && (
                <p className="text-xs text-muted">{t('more', { count: beside.length - PICKED })}</p>
              )}
            </div>
          )}
        </div>
        <div>
          <Attributes title={t('attributes')} attributes={fact.attributes} />
          {fact.kind === 'span' && fact.hidden > 0 && (
            <p className="mt-2 text-xs text-muted">{t('hidden', { count: fact.hidden })}</p>
          )}
          {fact.kind === 'span' && <Events fact={fact} />}
        </div>
      </div>
    </section>
  )
}

/** Where what stands beside each other are attempts at one thing: how many, and how it ended. */
function tellAttempts(beside: readonly FactView[]) {
  const spans = beside.filter((fact) => fact.kind === 'span')
  const [tried, ...others] = groupAttempts(spans)
  if (!tried || others.length > 0 || tried.length !== beside.length) return null
  return { count: tried.length, failed: tried.at(-1)?.failed ? 'yes' : 'no' }
}

/** What must be known about a fact before anything is concluded from it. */
function Remarks({ fact }: { readonly fact: FactView }) {
  const t = useTranslations('fact')
  const span = fact.kind === 'span' ? fact : null
  const remarks = [
    span?.failed && t('failedNote'),
    span?.shared && t('sharedNote'),
    span?.orphan && t('orphanNote'),
    span?.contextBroken && t('brokenNote'),
    fact.kind === 'row' && fact.approximate && t('approximateNote'),
  ].filter((remark) => typeof remark === 'string')
  if (remarks.length === 0) return null
  return (
    <ul className="mt-3 list-inside list-disc text-sm">
      {remarks.map((remark) => (
        <li key={remark}>{remark}</li>
      ))}
    </ul>
  )
}

type AttributesProps = {
  readonly title: string
  readonly attributes: Readonly<Record<string, string>>
}

function Attributes({ title, attributes }: AttributesProps) {
  const entries = Object.entries(attributes)
  if (entries.length === 0) return null
  return (
    <>
      <p className="eyebrow">{title}</p>
      <dl className="mt-1 grid grid-cols-[minmax(6rem,max-content)_1fr] gap-x-4 gap-y-0.5 font-mono text-xs">
        {entries.map(([name, value]) => (
          <Row key={name} term={name}>
            <bdi>{value}</bdi>
          </Row>
        ))}
      </dl>
    </>
  )
}

function Events({ fact }: { readonly fact: Extract<FactView, { kind: 'span' }> }) {
  const t = useTranslations('fact')
  return (
    <>
      {fact.events.length > 0 && <p className="eyebrow mt-3">{t('events')}</p>}
      {fact.events.map((event) => (
        <div key={`${event.name}${event.at}`} className="mt-1 text-sm">
          <Attributes title={event.name} attributes={event.attributes} />
          <p className="text-xs text-muted">
            {event.name} · <Instant at={event.at} precision="millisecond" />
          </p>
        </div>
      ))}
      {fact.warnings.length > 0 && (
        <p className="mt-3 text-xs text-muted">
          {t('warnings')}: {fact.warnings.join('; ')}
        </p>
      )}
    </>
  )
}
