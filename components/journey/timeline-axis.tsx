'use client'

import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { percent } from '@/components/ui/percent'
import { toOffsetMinutes } from '@/lib/format/instant'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { WaitsFor } from '@/lib/journey/pipeline'
import type { Drawing } from './draw-timeline'
import { findTicks } from './find-ticks'
import type { AxisSegment } from './fold-axis'
import { useTimes } from './use-times'

/** Round moments above the lanes. */
export function TimelineTicks({ drawing }: { readonly drawing: Drawing }) {
  const times = useTimes()
  const offsetMs = toOffsetMinutes(drawing.from, times.timeZone) * 60_000
  return (
    <div aria-hidden="true" className="relative h-9 text-[0.6875rem] leading-4 text-muted">
      {findTicks(drawing.segments, offsetMs).map((tick) => (
        <span
          key={tick.at}
          // On a phone the words are a fifth of the axis: at its end they would push the page sideways.
          className={`absolute bottom-0 border-l border-line-strong pl-1 whitespace-nowrap ${tick.x > 0.8 ? 'max-sm:hidden' : ''}`}
          style={{ left: percent(tick.x) }}
        >
          <span className="block font-medium text-ink">
            {tick.withDay ? times.day(tick.at) : '\u00a0'}
          </span>
          {times.clock(tick.at, tick.withSeconds ? 'second' : 'minute')}
        </span>
      ))}
    </div>
  )
}

type FoldsProps = {
  readonly drawing: Drawing
  readonly view: JourneyView
  readonly onUnfold: (from: number) => void
}

/** Idle time, folded, with how much of it and for whom it was waited. */
export function TimelineFolds({ drawing, view, onUnfold }: FoldsProps) {
  const t = useTranslations('timeline')
  const waits = useTranslations('waitsFor')
  const times = useTimes()
  const tell = (segment: AxisSegment) => {
    const duration = times.spelled(segment.until - segment.from)
    if (segment.from >= view.now) return t('foldAhead', { duration })
    const why = findWait(view, segment)
    return why ? t('fold', { duration, why: waits(why) }) : t('foldPlain', { duration })
  }
  return drawing.segments
    .filter(({ folded }) => folded)
    .map((segment) => (
      <Fragment key={segment.from}>
        <span
          aria-hidden="true"
          className="fold"
          style={{ left: percent(segment.start), width: percent(segment.width) }}
        />
        {/* Too slim for a finger on a phone: there the button above the lanes unfolds everything. */}
        <button
          type="button"
          className="fold-button hidden sm:block"
          style={{ left: percent(segment.start), width: percent(segment.width) }}
          aria-label={tell(segment)}
          title={tell(segment)}
          onClick={() => onUnfold(segment.from)}
        />
        <span
          aria-hidden="true"
          className="fold-words"
          style={{
            left: percent(segment.start + segment.width / 2),
            top: findRoom(drawing.lanes, segment),
          }}
        >
          {times.duration(segment.until - segment.from)}
        </span>
      </Fragment>
    ))
}

/** The middle of the largest stretch, in pixels from the top, where no stay runs through a fold. */
function findRoom(lanes: Drawing['lanes'], { from, until }: AxisSegment): number {
  const rooms = lanes.map(({ top, height, stays }) => {
    const crossed = stays.some(
      ({ stage: { entered, left } }) => entered < until && (left ?? until) > from,
    )
    const begins = crossed ? STAY_END : 0
    return { size: height - begins, middle: top + begins + (height - begins) / 2 }
  })
  return rooms.reduce((best, room) => (room.size > best.size ? room : best), NO_ROOM).middle
}

const STAY_END = 25
const NO_ROOM = { size: 0, middle: 0 }

/** Whom the stay around a stretch of time waited for. */
function findWait({ stages }: JourneyView, { from, until }: AxisSegment): WaitsFor | null {
  const middle = (from + until) / 2
  const around = stages.find(({ entered, left }) => entered <= middle && (left ?? until) >= middle)
  return around?.waitsFor ?? null
}

/** Now, and the limits of the stage the order is in. */
export function TimelineLines({ drawing }: { readonly drawing: Drawing }) {
  const t = useTranslations('timeline')
  return (
    <>
      {drawing.lines.map(({ kind, x, row }) => (
        <div
          key={kind}
          aria-hidden="true"
          className={`pointer-events-none absolute top-0 z-[6] border-l-2 ${LOOKS[kind]}`}
          style={{ left: percent(x), bottom: -18 - row * 15 }}
        >
          <span
            className={`absolute bottom-0 px-1 text-[0.6875rem] leading-4 font-medium whitespace-nowrap ${x > 0.5 ? 'right-0' : 'left-0'}`}
          >
            {t(kind)}
          </span>
        </div>
      ))}
    </>
  )
}

const LOOKS = {
  now: 'border-accent text-accent border-solid',
  plan: 'border-warn text-warn border-dashed',
  limit: 'border-breach text-breach border-dashed',
} as const
