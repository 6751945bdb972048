'use client'

import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { useTimes } from './use-times'

type Props = {
  readonly asOf: number
  readonly busy: boolean
  readonly failed: boolean
  readonly onRefresh: () => void
}

/** Asks for the journey again, and says as of when it is. */
export function RefreshJourney({ asOf, busy, failed, onRefresh }: Props) {
  const t = useTranslations('headline')
  const times = useTimes()
  const at = times.clock(asOf, 'second')
  return (
    <span className="flex items-center gap-2">
      <span role="status" className={`text-xs ${failed ? 'text-breach' : 'text-muted'}`}>
        {failed ? t('refreshFailed', { at }) : t('asOf', { at })}
      </span>
      <Button onClick={onRefresh} disabled={busy}>
        <RefreshCw
          aria-hidden="true"
          className={`size-3.5 ${busy ? 'motion-safe:animate-spin' : ''}`}
        />
        {busy ? t('refreshing') : t('refresh')}
      </Button>
    </span>
  )
}
