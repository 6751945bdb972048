'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { percent } from '@/components/ui/percent'
import type { JourneyView } from '@/lib/journey/journey-view'
import { TickingDuration } from '../headline/ticking-duration'
import { useTimes } from '../use-times'
import { type AxisSegment, toX } from './axis/fold-axis'
import { findTurns, sumTurns } from './find-turns'

type Props = { readonly view: JourneyView; readonly segments: readonly AxisSegment[] }

/** Whose turn it was, above the lanes: a colour, a pattern and a word. */
export function TimelineTurns({ view, segments }: Props) {
  const t = useTranslations('timeline')
  const times = useTimes()
  const turns = useMemo(() => findTurns(view), [view])
  return (
    <div aria-hidden="true" className="relative h-5 overflow-hidden rounded-sm bg-sunken">
      {turns.map(({ kind, from, until }) => {
        const [left, right] = [toX(segments, from), toX(segments, until)]
        if (right <= 0 || left >= 1) return null
        const x = Math.max(0, left)
        return (
          <span
            key={from}
            title={`${t(`turn.${kind}`)} · ${times.duration(until - from)}`}
            className={`turn turn-${kind} @container absolute inset-y-0 overflow-hidden`}
            style={{ left: percent(x), width: percent(Math.min(1, right) - x) }}
          >
            <span className="turn-word hidden @min-[4.5rem]:inline-block">{t(`turn.${kind}`)}</span>
          </span>
        )
      })}
    </div>
  )
}

/** The turns added up: together the age of the order. */
export function TurnSums({ view }: Pick<Props, 'view'>) {
  const t = useTranslations('timeline')
  const times = useTimes()
  const turns = useMemo(() => findTurns(view), [view])
  const sums = useMemo(() => sumTurns(turns), [turns])
  if (sums.length === 0) return null
  const whole = sums.reduce((sum, { ms }) => sum + ms, 0)
  // Whoever has it now goes on having it.
  const last = turns.at(-1)
  const goesOn = last?.until === view.now ? last.kind : null
  return (
    <dl aria-label={t('turns')} className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs">
      <div className="flex gap-1.5 text-muted">
        <dt>{t('turns')}</dt>
        <dd className="font-medium text-ink tabular-nums">
          {goesOn ? <TickingDuration ms={whole} told={view.now} /> : times.duration(whole)}
        </dd>
      </div>
      {sums.map(({ kind, ms }) => (
        <div key={kind} className="flex items-center gap-1.5 text-muted">
          <span aria-hidden="true" className={`turn turn-${kind} h-3 w-5 rounded-[2px]`} />
          <dt>{t(`turn.${kind}`)}</dt>
          <dd className="font-medium text-ink tabular-nums">
            {kind === goesOn ? <TickingDuration ms={ms} told={view.now} /> : times.duration(ms)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
