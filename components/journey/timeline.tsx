'use client'

import { FoldHorizontal, UnfoldHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, type SyntheticEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Drawing, DrawnLane, FactMark } from './draw-timeline'
import { moveFocus } from './move-focus'
import { TimelineArrows } from './timeline-arrows'
import { TimelineFolds, TimelineLines, TimelineTicks } from './timeline-axis'
import { TimelineHint } from './timeline-hint'
import { leadOf, TimelineLane } from './timeline-lane'
import { TimelineLegend } from './timeline-legend'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly drawing: Drawing
  readonly unfolded: Unfolded
  readonly onUnfold: (unfolded: Unfolded) => void
  /** The id of the pinned fact. */
  readonly pinned: string | null
  /** The foremost fact of the mark that was chosen. Null: let go. */
  readonly onPin: (factId: string | null) => void
}

/** Starts of the gaps that were unfolded. */
export type Unfolded = ReadonlySet<number> | 'all'

type Hint = { readonly mark: FactMark; readonly y: number }

export const NONE: ReadonlySet<number> = new Set()

/** All facts of one order on one axis of time, one lane per system. */
export function Timeline(props: Props) {
  const { view, company, drawing, unfolded, onUnfold, pinned, onPin } = props
  const t = useTranslations('timeline')
  const times = useTimes()
  const [hint, setHint] = useState<Hint | null>(null)
  const folded = drawing.segments.some((segment) => segment.folded)
  const entry = drawing.lanes.findIndex(({ points, spans }) => points.length + spans.length > 0)

  const show = ({ target }: SyntheticEvent) => setHint(findHint(drawing.lanes, target))
  const pin = (event: SyntheticEvent) => {
    const found = findHint(drawing.lanes, event.target)
    if (!found) return
    const again = found.mark.items.some(({ id }) => id === pinned)
    onPin(again ? null : leadOf(found.mark).id)
  }
  const press = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Escape') onPin(null)
    else if (moveFocus(event.currentTarget, event.target, event.key)) event.preventDefault()
  }

  return (
    <section aria-labelledby="timeline-title" className="card">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-2">
        <h2 id="timeline-title" className="text-base font-semibold">
          {t('title')}
        </h2>
        <p className="text-xs text-muted">
          {times.timeZone}, {times.zone(view.now)} ·{' '}
          {unfolded === 'all' ? t('toScale') : t('scale')}
        </p>
        {(folded || unfolded !== NONE) && (
          <Button className="ml-auto" onClick={() => onUnfold(unfolded === 'all' ? NONE : 'all')}>
            {unfolded === 'all' ? (
              <FoldHorizontal aria-hidden="true" className="size-3.5" />
            ) : (
              <UnfoldHorizontal aria-hidden="true" className="size-3.5" />
            )}
            {unfolded === 'all' ? t('foldAll') : t('unfoldAll')}
          </Button>
        )}
      </div>
      <p id="timeline-keys" className="sr-only">
        {t('hint')}
      </p>

      {/* Where there is no room it scrolls by itself, the names stay; right to left, so that it begins at now. */}
      <div className="overflow-x-auto [direction:rtl] lg:overflow-visible">
        <div className="grid min-w-[44rem] grid-cols-[6.5rem_minmax(0,1fr)] pb-14 [direction:ltr] sm:min-w-[52rem] sm:grid-cols-[12rem_minmax(0,1fr)] lg:min-w-0">
          <LaneNames lanes={drawing.lanes} company={company} complete={view.complete} />
          <div className="timeline-track">
            <TimelineTicks drawing={drawing} />
            {/* biome-ignore lint/a11y/useSemanticElements: a toolbar of marks, walked by arrow keys */}
            <div
              role="group"
              aria-label={t('title')}
              aria-describedby="timeline-keys"
              className="relative border-b border-line"
              style={{ height: drawing.height }}
              onPointerOver={show}
              onPointerLeave={() => setHint(null)}
              onFocus={show}
              onBlur={() => setHint(null)}
              onClick={pin}
              onKeyDown={press}
            >
              {drawing.lanes.map((drawn, index) => (
                <TimelineLane
                  key={drawn.lane.system}
                  drawn={drawn}
                  company={company}
                  pinned={holds(drawn, pinned) ? pinned : null}
                  entry={index === entry}
                />
              ))}
              <TimelineFolds
                drawing={drawing}
                view={view}
                onUnfold={(from) =>
                  onUnfold(new Set([...(unfolded === 'all' ? [] : unfolded), from]))
                }
              />
              <TimelineArrows drawing={drawing} company={company} />
              <TimelineLines drawing={drawing} />
              {hint && <TimelineHint {...hint} company={company} />}
            </div>
          </div>
        </div>
      </div>
      <div className="border-t border-line px-3 py-2">
        {view.spansWithheld && <p className="mb-1 text-sm text-muted">{t('withheld')}</p>}
        <TimelineLegend />
      </div>
    </section>
  )
}

type NamesProps = {
  readonly lanes: readonly DrawnLane[]
  readonly company: CompanyView
  readonly complete: boolean
}

function LaneNames({ lanes, company, complete }: NamesProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  return (
    <ul className="sticky left-0 z-10 border-r border-line bg-surface pt-9 lg:z-auto">
      {lanes.map(({ lane, height }) => (
        <li
          key={lane.system}
          className={`flex flex-col justify-center border-t border-line pr-1 pl-2 sm:pl-3 ${names.laneClass(lane.system)}`}
          style={{ height }}
        >
          <span className="flex items-center gap-1.5 text-[0.6875rem] leading-tight font-medium sm:text-sm">
            <span
              aria-hidden="true"
              className="hidden h-4 w-1 shrink-0 rounded-full bg-(--lane) sm:block"
            />
            {names.system(lane.system)}
          </span>
          <span className="sr-only text-xs leading-tight text-muted sm:not-sr-only">
            {!complete && lane.coverage === 'traced' ? t('coming') : t(`lane.${toLaneWord(lane)}`)}
          </span>
        </li>
      ))}
    </ul>
  )
}

function toLaneWord({ drawnFrom, coverage }: DrawnLane['lane']) {
  if (drawnFrom.length === 0) return 'unseen'
  if (drawnFrom.length === 2) return 'both'
  if (drawnFrom[0] === 'traces') return 'traced'
  return coverage === 'traced' ? 'silent' : 'untraced'
}

const idAt = (target: EventTarget) =>
  target instanceof Element ? target.closest('[data-mark]')?.getAttribute('data-mark') : null

function findHint(lanes: readonly DrawnLane[], target: EventTarget): Hint | null {
  const id = idAt(target)
  if (!id) return null
  for (const { points, spans, pointsTop, spansTop } of lanes) {
    const has = ({ items }: FactMark) => items.some((item) => item.id === id)
    const point = points.find(has)
    if (point) return { mark: point, y: pointsTop }
    const span = spans.find(has)
    if (span) return { mark: span, y: spansTop + span.row * 11 }
  }
  return null
}

const holds = ({ points, spans }: DrawnLane, id: string | null) =>
  id !== null && [...points, ...spans].some(({ items }) => items.some((item) => item.id === id))
