'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { Following } from '@/lib/client/follow-order'
import type { News } from './use-living-journey'

type Props = { readonly state: Following; readonly news: News | null }

const SHOWN_MS = 8_000

/** Says what is new, and why nothing more comes. It lies over the page, so that nothing moves for it. */
export function LivingNotice({ state, news }: Props) {
  const t = useTranslations('living')
  const [said, setSaid] = useState<News | null>(null)
  useEffect(() => {
    if (!news) return
    setSaid(news)
    const timer = setTimeout(() => setSaid(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [news])

  const paused = state === 'signed-out' || state === 'not-allowed' || state === 'unknown'
  const text = paused ? t(`why.${state}`) : said && t('news', { count: said.count })
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-4 z-40 flex justify-center px-4 print:hidden"
    >
      {text && (
        <p className="pointer-events-auto rounded-md border border-line-strong bg-surface px-4 py-2 text-sm font-medium shadow-lg">
          {text}
          {state === 'signed-out' && (
            <>
              {' '}
              {/* The page itself leads to the sign-in, and back. */}
              <button
                type="button"
                className="text-accent underline"
                onClick={() => window.location.reload()}
              >
                {t('signIn')}
              </button>
            </>
          )}
        </p>
      )}
    </div>
  )
}
