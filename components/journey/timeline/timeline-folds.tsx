'use client'

import { useTranslations } from 'next-intl'
import { Fragment } from 'react'
import { percent } from '@/components/ui/percent'
import { useTimes } from '../use-times'
import { toGapKey } from './axis/fold-axis'
import type { DrawnFold } from './draw-folds'

type Props = {
  readonly folds: readonly DrawnFold[]
  readonly onUnfold: (gap: number) => void
}

/** Idle time, folded, with how much of it and whose turn it was; a click unfolds it. */
export function TimelineFolds({ folds, onUnfold }: Props) {
  const t = useTranslations('timeline')
  const times = useTimes()
  return folds.map(({ idle, x, width, turn, middle }) => {
    const place = { left: percent(x), width: percent(width) }
    const duration = idle.until - idle.from
    const words = t('fold', { duration: times.spelled(duration), turn: t(`wait.${turn}`) })
    return (
      <Fragment key={idle.from}>
        <span aria-hidden="true" className={`fold turn turn-${turn}`} style={place} />
        <button
          type="button"
          className="fold-button"
          style={place}
          aria-label={words}
          title={words}
          onClick={() => onUnfold(toGapKey(idle.from))}
        />
        <span
          aria-hidden="true"
          className="fold-words"
          style={{ left: percent(x + width / 2), top: middle }}
        >
          <b>{times.duration(duration)}</b> {t(`turn.${turn}`)}
        </span>
      </Fragment>
    )
  })
}
