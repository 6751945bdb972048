'use client'

import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import { nameFact, toMarkKind } from './describe-fact'
import type { DrawnLane, DrawnStay, FactMark } from './draw-timeline'
import { MarkShape } from './mark-shape'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = {
  readonly drawn: DrawnLane
  readonly company: CompanyView
  readonly pinned: string | null
  /** The first lane's first mark is where the keyboard enters. */
  readonly entry: boolean
}

/** One system's stays, status changes and spans. */
export const TimelineLane = memo(function TimelineLane({ drawn, company, pinned, entry }: Props) {
  const names = useNames(company)
  const t = useTranslations('timeline')
  const { lane, top, height, stays, points, spans, unseen } = drawn
  return (
    <div
      className={`absolute inset-x-0 border-t border-line ${names.laneClass(lane.system)}`}
      style={{ top, height }}
    >
      {unseen.map((one) => (
        <div
          key={one.from}
          title={t('unseen', { reason: t(`unseenReason.${one.because}`) })}
          className="hatched absolute inset-y-0"
          style={{ left: percent(one.x), width: percent(one.width) }}
        />
      ))}
      {stays.map((stay) => (
        <Stay key={stay.stage.entered} stay={stay} company={company} />
      ))}
      {points.map((mark, index) => (
        <MarkButton
          key={mark.items[0].id}
          mark={mark}
          drawn={drawn}
          company={company}
          pressed={isPinned(mark, pinned)}
          enters={entry && index === 0}
        />
      ))}
      {spans.map((mark, index) => (
        <MarkButton
          key={mark.items[0].id}
          mark={mark}
          drawn={drawn}
          company={company}
          pressed={isPinned(mark, pinned)}
          enters={entry && index === 0 && points.length === 0}
        />
      ))}
    </div>
  )
})

type StayProps = { readonly stay: DrawnStay; readonly company: CompanyView }

function Stay({ stay: { stage, x, width }, company }: StayProps) {
  const names = useNames(company)
  const times = useTimes()
  const level = stage.limit || stage.level !== 'ok' ? stage.level : 'none'
  const status = names.status(stage.status)
  return (
    <div
      className={`stay-bar level-${level} @container absolute top-[5px] h-5 overflow-hidden rounded-r-sm text-xs leading-5 font-medium ${stage.left === null ? 'rounded-r-none' : ''}`}
      style={{ left: percent(x), width: percent(width), minWidth: 4 }}
      title={`${status} · ${times.duration(stage.dwell)}`}
    >
      <span className="hidden truncate px-1 @min-[3rem]:block">{status}</span>
    </div>
  )
}

type MarkProps = {
  readonly mark: FactMark
  readonly drawn: DrawnLane
  readonly company: CompanyView
  readonly pressed: boolean
  readonly enters: boolean
}

function MarkButton({ mark, drawn, company, pressed, enters }: MarkProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  const fact = leadOf(mark)
  const kind = toMarkKind(fact)
  // A record beside its own last change is no second event.
  const count = mark.items.filter(({ fact: one }) => one.kind !== 'row' || one === fact).length
  const label = [
    count > 1 ? t('marks', { count }) : t(`kind.${kind}`),
    nameFact(fact, names),
    times.instant(fact.at),
    names.source(fact.source),
  ].join(', ')
  const common = {
    type: 'button' as const,
    'data-mark': fact.id,
    'data-lane': drawn.lane.system,
    'data-x': mark.x.toFixed(5),
    'aria-label': label,
    'aria-pressed': pressed,
    tabIndex: enters ? 0 : -1,
  }
  if (fact.kind === 'span')
    return (
      <button
        {...common}
        className={`timeline-mark span-bar ${kind === 'failed' ? 'is-failed' : ''} ${mark.shared ? 'is-shared' : ''}`}
        style={{
          left: percent(mark.x),
          width: percent(mark.width),
          top: drawn.spansTop - drawn.top + mark.row * 11,
        }}
      />
    )
  return (
    <button
      {...common}
      className="timeline-mark flex items-center"
      style={{ left: `calc(${percent(mark.x)} - 7px)`, top: drawn.pointsTop - drawn.top }}
    >
      <MarkShape kind={kind} />
      {count > 1 && (
        <span className="text-[0.625rem] leading-none font-semibold text-ink">{count}</span>
      )}
    </button>
  )
}

/** What a mark shows of several facts: the worst, then a change before a row. */
export function leadOf({ items }: FactMark) {
  const facts = items.map(({ fact }) => fact)
  return (
    items.find(({ failed }) => failed)?.fact ??
    facts.find(({ kind }) => kind === 'change') ??
    items[0].fact
  )
}

const isPinned = (mark: FactMark, pinned: string | null) =>
  pinned !== null && mark.items.some(({ id }) => id === pinned)
