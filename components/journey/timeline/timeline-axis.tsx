'use client'

import { useTranslations } from 'next-intl'
import { percent } from '@/components/ui/percent'
import { toOffsetMinutes } from '@/lib/format/instant'
import { useTimes } from '../use-times'
import { findTicks } from './axis/find-ticks'
import type { Moment } from './draw-lines'
import type { Drawing } from './draw-timeline'

type TicksProps = { readonly drawing: Drawing; readonly width: number }

/** Round moments above the lanes, and where the time ahead begins. */
export function TimelineTicks({ drawing: { segments, from }, width }: TicksProps) {
  const t = useTranslations('timeline')
  const times = useTimes()
  const offsetMs = toOffsetMinutes(from, times.timeZone) * 60_000
  const ahead = segments.find(({ kind }) => kind === 'ahead')
  const begin = Math.max(0, ahead?.start ?? 1)
  return (
    <div
      aria-hidden="true"
      data-zone="axis"
      className="timeline-axis relative h-9 text-[0.6875rem] leading-4 text-muted"
    >
      {findTicks(segments, { width, offsetMs }).map((tick) => (
        <span
          key={tick.at}
          className="absolute bottom-0 border-l border-line-strong pl-1 whitespace-nowrap"
          style={{ left: percent(tick.x) }}
        >
          <span className="block font-medium text-ink">
            {tick.withDay ? times.day(tick.at) : '\u00a0'}
          </span>
          {times.clock(tick.at, tick.precision)}
        </span>
      ))}
      {begin < 0.94 && <span className="absolute right-0 bottom-0 italic">{t('ahead')}</span>}
    </div>
  )
}

/** Now, and the limits of the stage the order is in. */
export function TimelineLines({ drawing: { lines } }: { readonly drawing: Drawing }) {
  const tell = useTold()
  return lines.lines.map(({ kind, at, x, row, side }) => (
    <div
      key={kind}
      className={`timeline-line is-${kind}`}
      style={{ left: percent(x), bottom: -20 - row * 17 }}
    >
      <span className={side === 'left' ? 'right-0' : 'left-0'}>{tell({ kind, at })}</span>
    </div>
  ))
}

type EdgesProps = {
  readonly drawing: Drawing
  /** Brings a moment into what is seen, where the window can go there. */
  readonly onSeek?: (at: number) => void
}

/** What lies outside of what is seen: it is said, and one step away. */
export function TimelineEdges({ drawing: { lines }, onSeek }: EdgesProps) {
  const tell = useTold()
  const draw = (moment: Moment, words: string) =>
    onSeek ? (
      <button
        key={moment.kind}
        type="button"
        className={`timeline-edge is-${moment.kind}`}
        onClick={() => onSeek(moment.at)}
      >
        {words}
      </button>
    ) : (
      <span key={moment.kind} className={`timeline-edge is-${moment.kind}`}>
        {words}
      </span>
    )
  if (lines.before.length + lines.after.length === 0) return null
  return (
    <div className="flex flex-wrap gap-1" style={{ paddingTop: lines.rows * 17 + 6 }}>
      {lines.before.map((moment) => draw(moment, `← ${tell(moment)}`))}
      <span className="ml-auto" />
      {lines.after.map((moment) => draw(moment, `${tell(moment)} →`))}
    </div>
  )
}

function useTold() {
  const t = useTranslations('timeline')
  const times = useTimes()
  return ({ kind, at }: Moment) =>
    kind === 'now' ? t('now') : `${t(kind)} ${times.day(at)}, ${times.clock(at)}`
}
