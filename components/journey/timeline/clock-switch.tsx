'use client'

import { useTranslations } from 'next-intl'
import { useId, useMemo } from 'react'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { ClockChoice } from './sort-lanes'

type SwitchProps = {
  readonly view: JourneyView
  readonly clock: ClockChoice
  readonly onChoose: (clock: ClockChoice) => void
}

/** Times as recorded, or adjusted so that the clocks of each trace agree; where they do, it says so. */
export function ClockSwitch({ view, clock, onChoose }: SwitchProps) {
  const t = useTranslations('timeline.clock')
  const id = useId()
  const spans = useMemo(() => view.facts.filter((fact) => fact.kind === 'span'), [view])
  const moved = useMemo(() => spans.some(({ clockShift }) => clockShift !== 0), [spans])
  const adjusted = clock === 'adjusted'
  const why = moved ? null : spans.length > 0 ? t('agree') : t('noSpans')
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-sm">
      {why && (
        <span id={id} className="text-xs text-muted">
          {why}
        </span>
      )}
      <button
        type="button"
        role="switch"
        aria-checked={adjusted}
        aria-disabled={!moved}
        aria-describedby={why ? id : undefined}
        onClick={() => moved && onChoose(adjusted ? 'recorded' : 'adjusted')}
        className="inline-flex min-h-8 items-center gap-1.5 font-medium aria-disabled:font-normal aria-disabled:text-muted"
      >
        <span aria-hidden="true" className={`switch ${adjusted && moved ? 'is-on' : ''}`} />
        {t('adjusted')}
      </button>
    </span>
  )
}
