import { parseAges, parseJourney } from '@/lib/contract/journey'
import type { Ages, JourneyView } from '@/lib/journey/journey-view'
import type { Unanswered } from './ask-journey'

/** How an open page learns what is new. The last three are final until somebody comes back to the page. */
export type Following =
  | 'connecting'
  | 'live'
  | 'polling'
  | 'offline'
  | 'resting'
  | 'signed-out'
  | 'not-allowed'
  | 'unknown'

/** As much of an `EventSource` as is needed. */
export type Source = Pick<EventSource, 'addEventListener' | 'close' | 'readyState'>

/** What a browser gives, and a test. */
export type Surroundings = {
  readonly open: (address: string) => Source
  readonly ask: () => Promise<JourneyView>
  /** Answers how to call it off. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly hidden: () => boolean
  /** Answers how to stop listening. */
  readonly onHidden: (run: () => void) => () => void
}

type Options = Surroundings & {
  readonly orderId: string
  /** The version the page has already; null: not known. */
  readonly since: string | null
  /** Names this tab, so that its next stream takes the place of its last. */
  readonly tab: string
  readonly onJourney: (view: JourneyView) => void
  readonly onAges: (ages: Ages) => void
  readonly onState: (state: Following) => void
}

const POLL_MS = 15_000
/** A cut this short is not worth a word. */
const PATIENCE_MS = 5_000
/** How long a page that polls waits before it asks for a stream again. */
const AGAIN_MS = 60_000
const REST_MS = 60_000
const CLOSED = 2
const FINAL: Readonly<Record<number, Following>> = {
  401: 'signed-out',
  403: 'not-allowed',
  404: 'unknown',
}
const ENDED: Readonly<Record<string, Following>> = {
  'signed-out': 'signed-out',
  'not-allowed': 'not-allowed',
  unknown: 'unknown',
}

/**
 * Follows an order for as long as its page is open.
 *
 *     connecting ──▶ live ──cut──▶ polling ──▶ live           hidden for a minute ──▶ resting
 *          └─refused─▶ polling, offline     └─▶ signed-out, not-allowed, unknown      └─seen─▶ connecting
 */
export function followOrder(options: Options) {
  const { orderId, tab, open, ask, after, hidden, onHidden, onJourney, onAges, onState } = options
  let known = options.since
  let state: Following | null = null
  let source: Source | null = null
  const timers = new Map<'poll' | 'again' | 'rest', () => void>()

  const stopListening = onHidden(() => {
    cancel('rest')
    if (hidden()) later('rest', REST_MS, () => halt('resting'))
    else if (source === null && !timers.has('poll')) begin()
  })
  begin()

  return {
    /** Somebody asked: tries again whatever had made it stop. */
    again: () => {
      if (state !== 'live') begin()
    },
    stop() {
      stopListening()
      halt(null)
    },
  }

  function begin() {
    halt(null)
    if (state !== 'polling' && state !== 'offline') say('connecting')
    const query = new URLSearchParams({ tab, ...(known && { since: known }) })
    const opened = open(`/api/orders/${encodeURIComponent(orderId)}/events?${query}`)
    source = opened
    later('poll', PATIENCE_MS, () => void poll())
    const on = (event: string, run: (message: MessageEvent<string>) => void) =>
      opened.addEventListener(event, (message) => {
        if (source === opened) run(message as MessageEvent<string>)
      })
    on('open', () => {
      cancel('poll')
      cancel('again')
      say('live')
    })
    on('error', () => {
      if (opened.readyState === CLOSED) fallBack()
      // It tries again by itself.
      else if (!timers.has('poll')) later('poll', PATIENCE_MS, () => void poll())
    })
    on('journey', ({ lastEventId, data }) => {
      known = lastEventId
      onJourney(parseJourney(JSON.parse(data)))
    })
    on('resync', ({ lastEventId }) => {
      known = lastEventId
      void fetchOnce()
    })
    on('age', ({ data }) => onAges(parseAges(JSON.parse(data))))
    on('end', ({ data }) => {
      const why = ENDED[JSON.parse(data).why]
      if (why) halt(why)
      else fallBack()
    })
  }

  /** No stream for now: asks itself, and for a stream again in a minute. */
  function fallBack() {
    source?.close()
    source = null
    later('again', AGAIN_MS, begin)
    void poll()
  }

  async function poll(): Promise<void> {
    later('poll', POLL_MS, () => void poll())
    const reached = await fetchOnce()
    if (timers.has('poll')) say(reached ? 'polling' : 'offline')
  }

  /** False where nobody answered. */
  async function fetchOnce(): Promise<boolean> {
    try {
      onJourney(await ask())
      return true
    } catch (error) {
      const { status } = error as Unanswered
      const why = FINAL[status ?? 0]
      if (why) halt(why)
      return status !== undefined
    }
  }

  function halt(why: Following | null) {
    source?.close()
    source = null
    for (const name of [...timers.keys()]) if (name !== 'rest' || why !== null) cancel(name)
    if (why) say(why)
  }

  function say(next: Following) {
    if (next === state) return
    state = next
    onState(next)
  }

  function later(name: 'poll' | 'again' | 'rest', ms: number, run: () => void) {
    cancel(name)
    timers.set(
      name,
      after(ms, () => {
        timers.delete(name)
        run()
      }),
    )
  }

  function cancel(name: 'poll' | 'again' | 'rest') {
    timers.get(name)?.()
    timers.delete(name)
  }
}
