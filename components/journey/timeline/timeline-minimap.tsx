'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, memo, useMemo } from 'react'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { type AxisSegment, toX } from './axis/fold-axis'
import { type TimeWindow, toZoom } from './axis/zoom-axis'
import { ACTIVITY_WIDTH, addActivity, startActivity, toActivityPath } from './draw-activity'
import { actOnKey } from './gestures/act-on-key'
import type { Brushed } from './gestures/listen-gestures'
import type { Item, LaneContent } from './sort-lanes'
import type { Move } from './use-timeline-look'

type Props = {
  readonly contents: readonly LaneContent[]
  readonly whole: readonly AxisSegment[]
  readonly window: TimeWindow | null
  readonly now: number
  readonly company: CompanyView
  readonly brushed: Brushed | null
  readonly onMove: (move: Move) => void
}

/** All of the journey, small; what is seen of it lies in a window that can be dragged and pulled. */
export function TimelineMinimap({ whole, window, now, brushed, onMove, ...drawn }: Props) {
  const t = useTranslations('timeline')
  const times = useTimes()
  const [from, until] = [
    window?.from ?? whole[0]?.from ?? 0,
    window?.until ?? whole.at(-1)?.until ?? 0,
  ]
  const [left, right] = window ? [toX(whole, from), toX(whole, until)] : [0, 1]
  const precision =
    until - from > 3_600_000 ? 'minute' : until - from > 60_000 ? 'second' : 'millisecond'
  const press = (event: KeyboardEvent) => {
    const move = actOnKey(event)
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    onMove(move)
  }
  return (
    <div data-zone="map" className="timeline-map">
      <MapDrawing whole={whole} {...drawn} />
      <span aria-hidden="true" className="map-now" style={{ left: percent(toX(whole, now)) }} />
      {window && (
        <>
          <span aria-hidden="true" className="map-shade left-0" style={{ width: percent(left) }} />
          <span
            aria-hidden="true"
            className="map-shade right-0"
            style={{ width: percent(1 - right) }}
          />
        </>
      )}
      <div
        role="slider"
        tabIndex={0}
        aria-label={t('window')}
        aria-describedby="timeline-keys"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(((left + right) / 2) * 100)}
        aria-valuetext={t('windowText', {
          from: times.instant(from, precision),
          to: times.instant(until, precision),
          zoom: Math.round(toZoom(whole, window)),
        })}
        onKeyDown={press}
        data-part={window ? 'body' : undefined}
        className={`map-window ${window ? 'is-zoomed' : ''}`}
        style={{ left: percent(left), width: percent(right - left) }}
      >
        <span data-part="left" className="map-handle left-0" />
        <span data-part="right" className="map-handle right-0" />
      </div>
      {brushed?.on === 'map' && <Brush {...brushed} />}
    </div>
  )
}

/** What is being brushed, on the map or over the lanes. */
export const Brush = ({ x1, x2 }: Pick<Brushed, 'x1' | 'x2'>) => (
  <span
    aria-hidden="true"
    className="brush"
    style={{ left: percent(Math.min(x1, x2)), width: percent(Math.abs(x2 - x1)) }}
  />
)

const MapDrawing = memo(function MapDrawing({
  contents,
  whole,
  company,
}: Pick<Props, 'contents' | 'whole' | 'company'>) {
  const names = useNames(company)
  const paths = useMemo(
    () =>
      contents.map(({ lane, points, spans }) => ({
        system: lane.system,
        all: toPath([...points, ...spans], whole),
        failed: toPath(
          [...points, ...spans].filter(({ failed }) => failed),
          whole,
        ),
      })),
    [contents, whole],
  )
  const row = 1 / Math.max(1, paths.length)
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${ACTIVITY_WIDTH} ${paths.length}`}
      preserveAspectRatio="none"
      className="absolute inset-x-0 inset-y-1 h-[calc(100%-8px)] w-full"
    >
      {whole
        .filter(({ kind }) => kind === 'fold')
        .map(({ from, start, width }) => (
          <rect
            key={from}
            x={start * ACTIVITY_WIDTH}
            width={width * ACTIVITY_WIDTH}
            height={paths.length}
            fill="var(--sunken)"
          />
        ))}
      {paths.map(({ system, all, failed }, index) => (
        <g
          key={system}
          className={names.laneClass(system)}
          transform={`translate(0 ${index + row / 2}) scale(1 .8)`}
        >
          <path d={all} fill="var(--lane)" />
          <path d={failed} fill="var(--breach)" />
        </g>
      ))}
    </svg>
  )
})

function toPath(items: readonly Item[], whole: readonly AxisSegment[]): string {
  const activity = startActivity()
  for (const { at, until } of items) {
    const x = toX(whole, at)
    addActivity(activity, x, toX(whole, until) - x)
  }
  return toActivityPath(activity)
}
