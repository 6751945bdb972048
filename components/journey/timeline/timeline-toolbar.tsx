'use client'

import { FoldHorizontal, Minus, Plus, RotateCcw, UnfoldHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useTimes } from '../use-times'
import { ClockSwitch } from './clock-switch'
import { zoomBy } from './gestures/act-on-key'
import type { TimelineLook } from './use-timeline-look'

type Props = { readonly view: JourneyView; readonly look: TimelineLook }

const STEP = 1.6
const NONE: ReadonlySet<number> = new Set()

/** What can be done with the timeline as a whole. */
export function TimelineToolbar({ view, look }: Props) {
  const t = useTranslations('timeline')
  const times = useTimes()
  const { unfolded, window, whole, move } = look
  const toScale = unfolded === 'all'
  const folded = whole.some(({ kind }) => kind === 'fold')
  const opened = !toScale && unfolded.size > 0
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pt-2">
      <h2 id="timeline-title" className="text-base font-semibold">
        {t('title')}
      </h2>
      <p className="text-xs text-muted">
        {times.timeZone}, {times.zone(view.now)}
      </p>
      <div className="ml-auto flex flex-wrap items-center gap-x-2 gap-y-1">
        <ClockSwitch view={view} clock={look.clock} onChoose={look.setClock} />
        {(folded || toScale || opened) && (
          <Button onClick={() => look.unfold(toScale || (opened && !folded) ? NONE : 'all')}>
            {toScale || (opened && !folded) ? (
              <FoldHorizontal aria-hidden="true" className="size-3.5" />
            ) : (
              <UnfoldHorizontal aria-hidden="true" className="size-3.5" />
            )}
            {toScale || (opened && !folded) ? t('foldAll') : t('unfoldAll')}
          </Button>
        )}
        <span className="flex">
          <Button
            aria-label={t('zoomOut')}
            title={t('zoomOut')}
            disabled={!window}
            onClick={() => move(zoomBy(1 / STEP))}
            className="rounded-r-none px-2"
          >
            <Minus aria-hidden="true" className="size-3.5" />
          </Button>
          <Button
            aria-label={t('zoomIn')}
            title={t('zoomIn')}
            onClick={() => move(zoomBy(STEP))}
            className="-ml-px rounded-l-none px-2"
          >
            <Plus aria-hidden="true" className="size-3.5" />
          </Button>
        </span>
        {/* Its room is kept: what is looked at must not jump beneath the pointer. */}
        <Button
          aria-label={t('reset')}
          title={t('reset')}
          onClick={() => move(() => null)}
          className={window ? '' : 'invisible'}
        >
          <RotateCcw aria-hidden="true" className="size-3.5" />
          <span className="max-sm:hidden">{t('reset')}</span>
        </Button>
      </div>
    </div>
  )
}
