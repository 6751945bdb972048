'use client'

import { useQuery } from '@tanstack/react-query'
import { Activity } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Unanswered } from '@/lib/client/ask-journey'
import { askSystems } from '@/lib/client/ask-systems'
import type { CompanyView } from '@/lib/contract/company'
import type { SystemsView } from '@/lib/contract/systems'
import { SystemTrouble } from './system-trouble'

const EVERY_MS = 30_000

/**
 * Systems now, on every page: which is slow, failing or silent. Its line is there from the first byte, so that
 * nothing moves when the answer comes; what it cannot see it names.
 */
export function SystemsStrip({ company }: { readonly company: CompanyView }) {
  const t = useTranslations('systems')
  const { data, isError } = useQuery<SystemsView, Unanswered>({
    queryKey: ['systems'],
    queryFn: ({ signal }) => askSystems(signal),
    // Whoever is signed out is not answered any more.
    refetchInterval: ({ state }) => (state.error?.status === 401 ? false : EVERY_MS),
  })
  return (
    <aside aria-label={t('title')} className="border-b border-line bg-surface text-sm print:hidden">
      <div className="mx-auto flex min-h-9 max-w-7xl items-center gap-2 px-3 py-1 sm:px-6">
        <Activity aria-hidden="true" className="size-4 shrink-0 text-muted" />
        <span className="sr-only sm:not-sr-only sm:font-medium">{t('title')}</span>
        {data && data.trouble.length > 0 ? (
          <SystemTrouble trouble={data.trouble} company={company} now={data.now} />
        ) : (
          <span className="truncate text-muted">
            {isError ? t('unasked') : data ? toCalm(data.unseen.length) : t('asking')}
          </span>
        )}
      </div>
    </aside>
  )

  /** Nothing wrong is known; where not everybody could be asked that is less than nothing wrong. */
  function toCalm(unseen: number): string {
    return unseen > 0 ? t('calmInPart') : t('calm')
  }
}
