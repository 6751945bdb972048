'use client'

// Long, because everything of the timeline meets here: what is drawn, and what hand and keys do with it.
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import {
  type KeyboardEvent,
  type SyntheticEvent,
  useCallback,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { toX } from './axis/fold-axis'
import { panBy, zoomAxis } from './axis/zoom-axis'
import { type Drawing, type DrawnLane, type FactMark, findMark, holds, ROW } from './draw-timeline'
import { actOnKey } from './gestures/act-on-key'
import type { Brushed } from './gestures/listen-gestures'
import { moveFocus } from './gestures/move-focus'
import { useFocusThatStays } from './gestures/use-focus-that-stays'
import { useGestures } from './gestures/use-gestures'
import { usePageKeys } from './gestures/use-page-keys'
import { TimelineArrows } from './timeline-arrows'
import { TimelineEdges, TimelineLines, TimelineTicks } from './timeline-axis'
import { TimelineFolds } from './timeline-folds'
import { leadOf, TimelineLane } from './timeline-lane'
import { TimelineLegend } from './timeline-legend'
import { Brush, TimelineMinimap } from './timeline-minimap'
import { TimelineNames } from './timeline-names'
import { TimelineToolbar } from './timeline-toolbar'
import { TimelineTurns, TurnSums } from './timeline-turns'
import { useDescription } from './use-description'
import type { TimelineLook } from './use-timeline-look'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly look: TimelineLook
  /** The id of the pinned fact. */
  readonly pinned: string | null
  /** The foremost fact of the mark that was chosen. Null: let go. */
  readonly onPin: (factId: string | null) => void
}

// They come when somebody points at something, or adjusts the clocks.
const TimelineHint = dynamic(() => import('./timeline-hint').then((it) => it.TimelineHint), {
  loading: () => null,
})
const ClockHops = dynamic(() => import('./clock-hops').then((it) => it.ClockHops), {
  loading: () => null,
})

type Hint = { readonly mark: FactMark; readonly y: number }

/** All facts of one order on one axis of time, one lane per system. */
export function Timeline({ view, company, look, pinned, onPin }: Props) {
  const t = useTranslations('timeline')
  const { drawing, contents, whole, window, unfolded, lanes, width, move } = look
  const [hinted, setHinted] = useState<string | null>(null)
  const [active, setActive] = useState<string | null>(null)
  const [brushed, setBrushed] = useState<Brushed | null>(null)
  const describe = useDescription(company, look.clock)
  const root = useGestures(look, setBrushed, () => setHinted(null))
  const grid = useRef<HTMLDivElement>(null)
  useFocusThatStays(grid, drawing, active)
  usePageKeys(root, move, look)

  const entry = useMemo(() => findEntry(drawing, active), [drawing, active])
  const hint = hinted === null || look.moving ? null : findHint(drawing, hinted)
  const show = ({ target }: SyntheticEvent) => setHinted(idAt(target))
  const focus = (event: SyntheticEvent) => {
    show(event)
    setActive(idAt(event.target))
  }
  const pin = ({ target }: SyntheticEvent) => {
    const mark = findMark(drawing, idAt(target) ?? '')
    if (!mark) return
    const again = mark.items.some((item) => holds(item, pinned))
    onPin(again ? null : leadOf(mark).id)
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') {
      setHinted(null)
      onPin(null)
      return
    }
    const onMark = idAt(event.target) !== null
    if (onMark && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault()
      pin(event)
      return
    }
    const handled = moveFocus(event.currentTarget, event.target, event.key)
    const upright = event.key === 'ArrowUp' || event.key === 'ArrowDown'
    const next =
      handled || (onMark && upright)
        ? undefined
        : actOnKey(event, onMark ? xOfMark(drawing, idAt(event.target)) : undefined)
    if (next) move(next)
    if (handled || next) event.preventDefault()
    // What was done here is not done again for the whole page.
    if (handled || next || onMark) event.stopPropagation()
  }
  const toggle = useCallback(
    (system: string) => {
      const next = new Set(lanes)
      if (!next.delete(system)) next.add(system)
      look.openLanes(next)
    },
    [lanes, look],
  )

  return (
    <section ref={root} aria-labelledby="timeline-title" className="timeline card">
      <TimelineToolbar view={view} look={look} />
      <p id="timeline-keys" className="sr-only">
        {t('hint')}
      </p>
      <div className="timeline-grid">
        <span aria-hidden="true" className="timeline-corner">
          {t('turnsShort')}
        </span>
        <div className="timeline-track">
          <TimelineMinimap
            contents={contents}
            whole={whole}
            window={window}
            now={view.now}
            company={company}
            brushed={brushed}
            onMove={move}
          />
          <TimelineTicks drawing={drawing} width={width} />
          <TimelineTurns view={view} segments={drawing.segments} />
        </div>
        <TimelineNames
          lanes={drawing.lanes}
          contents={contents}
          company={company}
          complete={view.complete}
          onToggle={toggle}
        />
        <div className="timeline-track">
          {/* biome-ignore lint/a11y/useSemanticElements: a toolbar of marks, walked by arrow keys */}
          <div
            ref={grid}
            role="group"
            aria-label={t('title')}
            aria-describedby="timeline-keys"
            data-zone="lanes"
            data-zoomed={window !== null}
            className="timeline-lanes"
            style={{ height: drawing.height }}
            onPointerOver={show}
            onPointerLeave={() => setHinted(null)}
            onFocus={focus}
            onBlur={() => setHinted(null)}
            onClick={pin}
            onKeyDown={press}
          >
            <div ref={look.measure} className="absolute inset-x-0" />
            <Ahead drawing={drawing} />
            {drawing.lanes.map((drawn) => (
              <TimelineLane
                key={drawn.lane.system}
                drawn={drawn}
                company={company}
                pinned={has(drawn, pinned) ? pinned : null}
                active={has(drawn, entry) ? entry : null}
                describe={describe}
                moving={look.moving}
              />
            ))}
            <TimelineFolds
              folds={drawing.folds}
              onUnfold={(gap) =>
                look.unfold(new Set([...(unfolded === 'all' ? [] : unfolded), gap]))
              }
            />
            <TimelineArrows drawing={drawing} company={company} now={view.now} />
            <TimelineLines drawing={drawing} />
            {brushed?.on === 'axis' && <Brush {...brushed} />}
            {hint && <TimelineHint {...hint} company={company} clock={look.clock} />}
          </div>
          {/* The same height at every zoom: nothing beneath it jumps. */}
          <div className="min-h-15">
            <TimelineEdges
              drawing={drawing}
              {...(window && {
                onSeek: (at: number) =>
                  move((axis, seen) => panBy(axis, seen, toX(zoomAxis(axis, seen), at) - 0.5)),
              })}
            />
          </div>
        </div>
      </div>
      {look.clock === 'adjusted' && <ClockHops view={view} company={company} />}
      <div className="grid gap-2 border-t border-line px-3 py-2">
        {view.spansWithheld && <p className="text-sm text-muted">{t('withheld')}</p>}
        <TurnSums view={view} />
        <TimelineLegend />
        <p className="text-xs text-muted">
          {unfolded === 'all' ? t('toScale') : t('scale')}{' '}
          <span className="hidden sm:inline">{t('gestures')}</span>
        </p>
      </div>
    </section>
  )
}

/** What lies ahead of now has a ground of its own. */
function Ahead({ drawing: { lines, segments } }: { readonly drawing: Drawing }) {
  const now = lines.lines.find(({ kind }) => kind === 'now')
  const ahead = segments.find(({ kind }) => kind === 'ahead')
  const x = now?.x ?? ahead?.start ?? 1
  if (x >= 1 || (!now && (!ahead || ahead.start > 1))) return null
  return <span aria-hidden="true" className="ahead" style={{ left: `${Math.max(0, x) * 100}%` }} />
}

const idAt = (target: EventTarget) =>
  target instanceof Element
    ? (target.closest('[data-mark]')?.getAttribute('data-mark') ?? null)
    : null

const has = ({ points, spans }: DrawnLane, id: string | null) =>
  id !== null && [...points, ...spans].some(({ items }) => items.some((item) => holds(item, id)))

/** The place of a mark that stays while zooming from it. */
const xOfMark = (drawing: Drawing, id: string | null) => {
  const mark = findMark(drawing, id ?? '')
  return mark && Math.min(1, Math.max(0, mark.x))
}

/** Where the keyboard enters: the mark it left, else the first one that is seen. */
function findEntry(drawing: Drawing, active: string | null): string | null {
  if (active !== null && findMark(drawing, active)) return active
  const lane = drawing.lanes.find(({ points, spans }) => points.length + spans.length > 0)
  const mark = lane?.points[0] ?? lane?.spans[0]
  return mark ? leadOf(mark).id : null
}

function findHint({ lanes }: Drawing, id: string): Hint | null {
  for (const { points, spans, pointsTop, spansTop } of lanes) {
    const isIt = ({ items }: FactMark) => items.some((item) => holds(item, id))
    const point = points.find(isIt)
    if (point) return { mark: point, y: pointsTop }
    const span = spans.find(isIt)
    if (span) return { mark: span, y: spansTop + span.row * ROW }
  }
  return null
}
