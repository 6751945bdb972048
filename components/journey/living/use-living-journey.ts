'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useRef, useState } from 'react'
import { areSingleKeysOn, isTyping } from '@/components/shell/single-keys'
import { askJourney } from '@/lib/client/ask-journey'
import type { Following, followOrder } from '@/lib/client/follow-order'
import { journeyQuery } from '@/lib/client/journey-query'
import type { Ages, JourneyView } from '@/lib/journey/journey-view'
import { countNews } from './count-news'

/** What has come since somebody looked: `at` tells one piece of news from the next. */
export type News = { readonly count: number; readonly at: number }

type First = {
  /** As the server read it. */
  readonly view: JourneyView
  /** Its version, once it is complete. */
  readonly version: string | null
}

/** One order that goes on while its page is open: in place, and never by a reload. */
export function useLivingJourney({ view: first, version }: First) {
  const { orderId } = first
  const client = useQueryClient()
  const query = useQuery({ ...journeyQuery(orderId), enabled: false })
  const [state, setState] = useState<Following>('connecting')
  const [ages, setAges] = useState<Ages | null>(null)
  const [news, setNews] = useState<News | null>(null)
  const newest = query.data && query.data.now > first.now ? query.data : first
  // A long journey is drawn anew when nobody is just typing, zooming or scrolling.
  const view = useDeferredValue(newest)
  const shown = useRef(first)
  const follower = useRef<ReturnType<typeof followOrder> | null>(null)

  useEffect(() => {
    if (newest === shown.current) return
    const count = countNews(shown.current, newest)
    const whole = shown.current.complete
    shown.current = newest
    if (whole && count > 0) setNews({ count, at: newest.now })
  }, [newest])

  useEffect(() => {
    if (version === null) return
    let left = false
    // What reads the stream, and the shapes it is held to, are no part of the first load.
    import('@/lib/client/follow-order').then(
      ({ followOrder }) => {
        if (left) return
        follower.current = followOrder({
          ...{ orderId, since: version, tab: toTab() },
          ask: () => askJourney(orderId),
          onJourney: (next) => client.setQueryData(journeyQuery(orderId).queryKey, next),
          onAges: setAges,
          onState: setState,
          open: (address) => new EventSource(address),
          after: (ms, run) => {
            const timer = setTimeout(run, ms)
            return () => clearTimeout(timer)
          },
          hidden: () => document.hidden,
          onHidden: (run) => listen('visibilitychange', run),
        })
      },
      () => setState('offline'),
    )
    return () => {
      left = true
      follower.current?.stop()
      follower.current = null
    }
  }, [orderId, version, client])

  const { refetch } = query
  useEffect(
    () =>
      listen('keydown', (event) => {
        const { code, repeat, ctrlKey, metaKey, altKey, target } = event as KeyboardEvent
        if (code !== 'KeyR' || repeat || ctrlKey || metaKey || altKey) return
        if (isTyping(target) || !areSingleKeysOn()) return
        void refetch().then(() => follower.current?.again())
      }),
    [refetch],
  )

  return {
    view,
    ages: ages && ages.now > view.now ? ages : null,
    state,
    news,
    refreshing: query.isFetching,
    failed: query.isError,
    refresh: () => void refetch().then(() => follower.current?.again()),
  }
}

function listen(event: 'visibilitychange' | 'keydown', run: (event: Event) => void) {
  document.addEventListener(event, run)
  return () => document.removeEventListener(event, run)
}

/** Not secret, and only told from the viewer's own other tabs. */
const toTab = () => Math.random().toString(36).slice(2, 12)
