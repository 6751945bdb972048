'use client'

// Long, because all that can stand in a lane is drawn here.
import { useTranslations } from 'next-intl'
import { memo } from 'react'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import { type MarkKind, toMarkKind } from '../describe-fact'
import { MarkShape } from '../mark-shape'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { ACTIVITY_WIDTH } from './draw-activity'
import {
  type DrawnGhost,
  type DrawnLane,
  type DrawnStay,
  type FactMark,
  holds,
  ROW,
} from './draw-timeline'
import type { Item } from './sort-lanes'
import type { Describe } from './use-description'

type Props = {
  readonly drawn: DrawnLane
  readonly company: CompanyView
  /** The pinned fact, where it is in this lane. */
  readonly pinned: string | null
  /** The fact whose mark the keyboard enters, where it is in this lane. */
  readonly active: string | null
  readonly describe: Describe
  /** While a hand zooms or pans. */
  readonly moving: boolean
}

/** One system's stays, status changes and spans. */
export const TimelineLane = memo(function TimelineLane(props: Props) {
  const { drawn, company, pinned, active, describe, moving } = props
  const names = useNames(company)
  const t = useTranslations('timeline')
  const { lane, top, height, stays, ghosts, points, spans, unseen } = drawn
  // By place and not by fact: zooming moves elements instead of making new ones. The focus follows its fact.
  const draw = (mark: FactMark, index: number) => (
    <MarkButton
      // biome-ignore lint/suspicious/noArrayIndexKey: see above
      key={index}
      mark={mark}
      drawn={drawn}
      pressed={mark.items.some((item) => holds(item, pinned))}
      enters={mark.items.some((item) => holds(item, active))}
      label={describe(mark, moving)}
    />
  )
  return (
    <div
      className={`has-fill absolute inset-x-0 border-t border-line ${names.laneClass(lane.system)}`}
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
      {ghosts.map((ghost) => (
        <Ghost key={ghost.stage.status} ghost={ghost} company={company} />
      ))}
      {points.map(draw)}
      {spans.map(draw)}
      {drawn.activity && (
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${ACTIVITY_WIDTH} 1`}
          preserveAspectRatio="none"
          className="absolute inset-x-0 h-2 w-full"
          style={{ top: drawn.activityTop - top }}
        >
          <path d={drawn.activity} fill="var(--lane)" opacity=".55" />
        </svg>
      )}
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
      className={`stay-bar level-${level} @container absolute top-[5px] h-5 overflow-hidden text-xs leading-5 font-medium ${stage.left === null ? '' : 'rounded-r-sm'} ${x < 0 ? 'is-cut' : ''}`}
      style={{ left: percent(x), width: percent(width), minWidth: 4 }}
      title={`${status} · ${times.duration(stage.dwell)}`}
    >
      <span className="hidden truncate px-1 @min-[3rem]:block">{status}</span>
    </div>
  )
}

type GhostProps = { readonly ghost: DrawnGhost; readonly company: CompanyView }

/** A stay that has not come: faint, and with what its time rests on. */
function Ghost({ ghost: { stage, x, width }, company }: GhostProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  const status = names.status(stage.status)
  const words = t(`expected.${stage.restsOn}`, {
    status,
    planned: times.instant(stage.planned, 'minute'),
    latest: times.instant(stage.from, 'minute'),
  })
  return (
    <div
      title={words}
      className="ghost-bar @container absolute top-[5px] h-5 text-[0.6875rem] leading-[1.125rem]"
      style={{ left: percent(x), width: percent(width), minWidth: 5 }}
    >
      <span className="sr-only">{words}</span>
      <span aria-hidden="true" className="hidden truncate px-0.5 @min-[2.25rem]:block">
        {status}
      </span>
    </div>
  )
}

type MarkProps = {
  readonly mark: FactMark
  readonly drawn: DrawnLane
  readonly label: string | undefined
  readonly pressed: boolean
  readonly enters: boolean
}

/** No button element: to a browser each of those is as dear as ten of these, in every frame of zooming. */
function MarkButton({ mark, drawn, label, pressed, enters }: MarkProps) {
  const lead = leadOf(mark)
  const kind = toItemKind(lead)
  const common = {
    role: 'button',
    'data-mark': lead.id,
    'data-lane': drawn.lane.system,
    'aria-label': label,
    'aria-pressed': pressed,
    tabIndex: enters ? 0 : -1,
  }
  if (isPoint(kind))
    return (
      <span
        {...common}
        className="timeline-mark flex items-center"
        style={{ left: `calc(${percent(mark.x)} - 7px)`, top: drawn.pointsTop - drawn.top }}
      >
        <MarkShape kind={kind} />
        {countOf(mark) > 1 && (
          <span className="text-[0.625rem] leading-none font-semibold text-ink">
            {countOf(mark)}
          </span>
        )}
      </span>
    )
  const many = mark.items.length > 1
  return (
    <span
      {...common}
      className={`timeline-mark span-bar is-${kind} ${many ? 'is-many' : ''}`}
      style={{
        left: percent(mark.x),
        width: percent(mark.width),
        top: drawn.spansTop - drawn.top + mark.row * ROW,
      }}
    >
      {!many && lead.facts.length > 1 && <span className="attempts">×{lead.facts.length}</span>}
    </span>
  )
}

/** What a mark shows of several things: the worst, then a change before a row. */
export function leadOf({ items }: FactMark): Item {
  return (
    items.find(({ failed }) => failed) ??
    items.find(({ facts }) => facts[0].kind === 'change') ??
    items[0]
  )
}

/** The shape of the last attempt. */
export const toItemKind = ({ facts }: Item): MarkKind => toMarkKind(facts.at(-1) ?? facts[0])

/** A record beside its own last change is no second event. */
export function countOf(mark: FactMark): number {
  const lead = leadOf(mark)
  return mark.items.filter((item) => item.facts[0].kind !== 'row' || item === lead).length
}

const POINTS: readonly MarkKind[] = ['change', 'row', 'dead-letter', 'queue', 'counter', 'file']

const isPoint = (kind: MarkKind) => POINTS.includes(kind)
