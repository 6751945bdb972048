'use client'

import { CircleOff, Clock, Radio, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { Following } from '@/lib/client/follow-order'
import { useTimes } from '../use-times'

type Props = {
  readonly asOf: number
  readonly state: Following
  readonly busy: boolean
  readonly failed: boolean
  readonly onRefresh: () => void
}

const SIGNS: Record<Following, typeof Radio> = {
  connecting: Radio,
  live: Radio,
  polling: Clock,
  offline: CircleOff,
  resting: Clock,
  'signed-out': CircleOff,
  'not-allowed': CircleOff,
  unknown: CircleOff,
}

/** Says how the page learns what is new, as of when it is, and asks for the journey again. */
export function RefreshJourney({ asOf, state, busy, failed, onRefresh }: Props) {
  const t = useTranslations('headline')
  const living = useTranslations('living')
  const times = useTimes()
  const at = times.clock(asOf, 'second')
  const Sign = SIGNS[state]
  return (
    <span className="flex items-center gap-1.5 sm:gap-2">
      <span
        title={living(`what.${state}`)}
        data-following={state}
        className={`flex min-w-18 items-center justify-end gap-1 text-xs whitespace-nowrap ${state === 'live' ? 'text-ok' : 'text-muted'}`}
      >
        <Sign aria-hidden="true" className="size-3.5" />
        {living(`state.${state}`)}
      </span>
      <span
        role="status"
        // What goes on by itself every few seconds is not read out.
        aria-live={failed || busy ? 'polite' : 'off'}
        className={`text-xs tabular-nums ${failed ? 'text-breach' : 'text-muted'}`}
      >
        {failed ? t('refreshFailed', { at }) : t('asOf', { at })}
      </span>
      <Button onClick={onRefresh} aria-disabled={busy} aria-keyshortcuts="r">
        <RefreshCw
          aria-hidden="true"
          className={`size-3.5 ${busy ? 'motion-safe:animate-spin' : ''}`}
        />
        <span className="max-sm:sr-only">{t('refresh')}</span>
      </Button>
    </span>
  )
}
