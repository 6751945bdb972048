'use client'

import { useTranslations } from 'next-intl'
import { CloseButton } from '@/components/ui/close-button'
import type { CompanyView } from '@/lib/contract/company'
import type { JudgedLimit, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { nameFact, toMarkKind } from '../describe-fact'
import { Row } from '../evidence/detail-rows'
import { GoingOnText, useGoingOn } from '../going-on'
import { Instant } from '../instant'
import { MarkShape } from '../mark-shape'
import type { OpensFact } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { LevelBadge } from './level-badge'
import { toWait, useLimitWords, waitAt } from './use-limit-words'

type Props = OpensFact & {
  readonly stage: Stage
  readonly view: JourneyView
  readonly company: CompanyView
  readonly onClose: () => void
}

/** All about one stay: how long, by which clock, against which limit, and on what it rests. */
export function StageDetails({ stage, view, company, onClose, toHref, onOpen }: Props) {
  const t = useTranslations('stages')
  const turns = useTranslations('waitsFor')
  const reasons = useTranslations('approximate')
  const names = useNames(company)
  const words = useLimitWords()
  const wait = toWait(stage)
  const facts = view.facts.filter(({ id }) => stage.evidence.includes(id))
  return (
    <section id="stage-details" aria-labelledby="stage-title" className="card print:hidden">
      <header
        className={`flex items-center gap-2 border-b border-line px-3 py-1.5 ${names.laneClass(stage.system)}`}
      >
        <span aria-hidden="true" className="size-2 rounded-full bg-(--lane)" />
        <h2 id="stage-title" className="text-sm font-semibold">
          {t('details', { status: names.status(stage.status) })}
        </h2>
        <LevelBadge level={stage.level} judged={stage.limit !== null} />
        <CloseButton label={t('close')} onClose={onClose} className="ml-auto" />
      </header>
      <div className="grid gap-x-8 gap-y-4 px-3 py-3 md:grid-cols-2">
        <dl className="grid grid-cols-[minmax(6rem,max-content)_1fr] content-start gap-x-4 gap-y-1 text-sm">
          <Row term={t('entered')}>
            {stage.approximate && '≈ '}
            <Instant at={stage.entered} zone />
          </Row>
          <Row term={t('left')}>
            {stage.left === null ? t('stillHere') : <Instant at={stage.left} />}
          </Row>
          <Row term={t('dwell')}>
            <Dwell stage={stage} now={view.now} />
          </Row>
          {stage.limit && <LimitRows limit={stage.limit} now={view.now} />}
          <Row term={t('clock')}>{stage.limit ? words.clock(stage.limit) : <NoLimit />}</Row>
          {wait && (
            <Row term={t('slack')}>
              <GoingOnText told={view.now} tell={(now) => words.against(waitAt(wait, now))} />
            </Row>
          )}
          {stage.limitToday && (
            <Row term={t('limitTerm')}>
              {t('limitThen', { limit: words.goals(stage.limitToday) })}
            </Row>
          )}
          {stage.waitsFor && <Row term={t('waits')}>{turns(stage.waitsFor)}</Row>}
          {stage.approximate && <Row term={t('inexact')}>{reasons(stage.approximate)}</Row>}
        </dl>
        <div>
          <p className="eyebrow">{t('evidence')}</p>
          {facts.length === 0 && <p className="mt-1 text-sm text-muted">{t('noEvidence')}</p>}
          <ul className="mt-1 text-sm">
            {facts.map((fact) => (
              <li key={fact.id}>
                <a
                  href={toHref(fact.id)}
                  onClick={(event) => onOpen(event, fact.id)}
                  className="flex min-h-6 flex-wrap items-center gap-x-1.5 rounded-sm px-1 py-0.5 hover:bg-sunken"
                >
                  <MarkShape kind={toMarkKind(fact)} className="size-3" />
                  <span className="min-w-0 text-accent underline decoration-1 underline-offset-3">
                    {nameFact(fact, names)}
                  </span>
                  <span className="text-xs text-muted">{names.source(fact.source)}</span>
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </section>
  )
}

type DwellProps = { readonly stage: Stage; readonly now: number }

function Dwell({ stage: { dwell, businessDwell, clock, left }, now }: DwellProps) {
  const t = useTranslations('stages')
  const times = useTimes()
  const wall = useGoingOn(now, (moment) =>
    times.duration(left === null ? dwell + moment - now : dwell),
  )
  if (businessDwell === null) return wall
  const business = times.duration(businessDwell, 'business')
  return clock === 'business' ? `${business}, ${t('wallToo', { wall })}` : `${wall}, ${business}`
}

function LimitRows({ limit, now }: { readonly limit: JudgedLimit; readonly now: number }) {
  const t = useTranslations('stages')
  const times = useTimes()
  const { warn, critical, warnAt, criticalAt } = limit
  const at = (moment: number) => ({ at: times.instant(moment, 'minute') })
  return (
    <>
      <Row term={t('plan')}>
        {times.duration(warn.ms, warn.clock)}, {t(now < warnAt ? 'ends' : 'endedAt', at(warnAt))}
      </Row>
      <Row term={t('limitTerm')}>
        {times.duration(critical.ms, critical.clock)},{' '}
        {t(now < criticalAt ? 'falls' : 'breached', at(criticalAt))}
      </Row>
    </>
  )
}

function NoLimit() {
  const t = useTranslations('limits')
  return <>{t('none')}</>
}
