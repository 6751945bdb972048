import { isSourceError, type SourceError } from '@/lib/errors'
import type { SourceNote } from '@/lib/journey/journey'
import type { EpochMs } from '@/lib/journey/types'
import type { Fetch, Transport } from '../fetch-json'
import type { Retries } from '../retries'
import type { Slots } from '../slots'
import { fuller } from './build-tree'
import { type Answer, type Dialect, SEARCH_LIMIT } from './dialects'
import { halve, MAX_SEARCHES, type Search, type Target } from './plan-searches'
import { keyOf, type RawSpan } from './raw-span'

export const LOOK_UP_BYTES = 64 * 1024 * 1024
export const LOOK_UP_SPANS = 20_000
/** How many calls of one look-up are out at once. */
const AT_ONCE = 4

type Rules = {
  readonly orderId: string
  readonly dialect: Dialect
  /** For all calls together. */
  readonly signal: AbortSignal
  readonly timeoutMs: number
  /** The cap of one answer. */
  readonly maxBytes: number
  readonly fetch: Fetch
  readonly retries: Retries
  readonly slots: Slots
  /** Where a search without a service is refused, these are asked instead. */
  readonly services: readonly Target[]
  readonly onServiceNeeded: () => void
}

/** What one look-up has collected, within its limits, and what it could not. */
export type Gathering = {
  /** Each once; the same list as long as nothing new came. */
  readonly spans: () => readonly RawSpan[]
  fetchTraces(traceIds: readonly string[]): Promise<void>
  search(searches: readonly Search[]): Promise<void>
  /** Whether a trace was asked for or came along. */
  readonly has: (traceId: string) => boolean
  /** Searches and gets that answered. */
  readonly answered: () => number
  readonly failures: () => readonly SourceError[]
  /** An answer was more than is taken, and smaller windows did not bring all of it. */
  readonly wasTooLarge: () => boolean
  readonly searchesLeft: () => number
  readonly notes: () => readonly SourceNote[]
}

/** Collects spans for one look-up: by id, and by at most twelve searches, in 64 MiB, 20,000 spans and one time limit. */
export function createGathering(rules: Rules): Gathering {
  const seen = new Map<string, RawSpan>()
  let list: readonly RawSpan[] | null = null
  const traces = new Set<string>()
  const failures: SourceError[] = []
  const failed = new Map<string, string>()
  const skipped: Search[] = []
  const cut: Search[] = []
  let [answered, bytes, searches, rejected, gone, unread] = [0, 0, 0, 0, 0, 0]
  let full = false
  /** Halves of windows whose answer was too large; while one of them is not read, that is the truth of it. */
  const ofTooLarge = new WeakSet<Search>()
  let tooLarge = false

  const isOver = () => full || rules.signal.aborted

  const transport = (): Transport => ({
    fetch: rules.fetch,
    timeoutMs: rules.timeoutMs,
    maxBytes: Math.min(rules.maxBytes, LOOK_UP_BYTES - bytes),
    signal: rules.signal,
    retries: rules.retries,
  })

  function take(answer: Answer): number {
    answered += 1
    bytes += answer.bytes
    rejected += answer.rejected
    const here = new Set<string>()
    for (const span of answer.spans) {
      here.add(span.traceId)
      const key = keyOf(span)
      const known = seen.get(key)
      if (!known && seen.size >= LOOK_UP_SPANS) {
        full = true
        continue
      }
      const better = known ? fuller(known, span) : span
      if (better === known) continue
      seen.set(key, better)
      traces.add(span.traceId)
      list = null
    }
    if (bytes >= LOOK_UP_BYTES) full = true
    return here.size
  }

  /** Runs one call; a `SourceError` is kept and answered with its fault. */
  async function attempt<T>(call: () => Promise<T>): Promise<T | SourceError> {
    try {
      return await rules.slots.use(call)
    } catch (cause) {
      if (!isSourceError(cause)) throw cause
      failures.push(cause)
      return cause
    }
  }

  async function fetchTrace(traceId: string): Promise<void> {
    if (isOver()) {
      unread += 1
      return
    }
    traces.add(traceId)
    const answer = await attempt(() => rules.dialect.getTrace(traceId, transport()))
    if (isSourceError(answer)) unread += 1
    else if (answer) take(answer)
    else {
      answered += 1
      gone += 1
    }
  }

  /** The searches that this one makes necessary. */
  async function searchOnce(search: Search): Promise<readonly Search[]> {
    if (isOver() || searches >= MAX_SEARCHES) {
      skipped.push(search)
      if (ofTooLarge.has(search)) tooLarge = true
      return []
    }
    searches += 1
    const answer = await attempt(() => rules.dialect.search(search, rules.orderId, transport()))
    if (answer === 'service-needed') {
      rules.onServiceNeeded()
      return rules.services.map((target) => ({ ...target, window: search.window }))
    }
    const isTooLarge = isSourceError(answer) && answer.fault === 'too-large'
    if (isTooLarge) {
      // That an answer is too big is no failure of the source: half of the window may fit.
      failures.splice(failures.indexOf(answer), 1)
      answered += 1
    } else if (isSourceError(answer)) {
      failed.set(search.service ?? '*', answer.fault)
      if (ofTooLarge.has(search)) tooLarge = true
      return []
    } else if (take(answer) < SEARCH_LIMIT) return []

    const halves = halve(search.window)
    if (halves && searches + 2 <= MAX_SEARCHES && !isOver()) {
      const smaller = halves.map((window) => ({ ...search, window }))
      for (const half of isTooLarge || ofTooLarge.has(search) ? smaller : []) ofTooLarge.add(half)
      return smaller
    }
    cut.push(search)
    if (isTooLarge || ofTooLarge.has(search)) tooLarge = true
    return []
  }

  return {
    spans() {
      list ??= [...seen.values()]
      return list
    },
    async fetchTraces(traceIds) {
      await inParallel(traceIds, fetchTrace)
    },
    async search(planned) {
      for (let round = planned; round.length > 0; )
        round = (await inParallel(round, searchOnce)).flat()
    },
    has: (traceId) => traces.has(traceId),
    answered: () => answered,
    failures: () => failures,
    wasTooLarge: () => tooLarge,
    searchesLeft: () => MAX_SEARCHES - searches,
    notes: () => [
      ...[...failed].map(([service, fault]) => note('service-failed', { service, fault })),
      ...bySearched(skipped).map((values) => note('not-searched', values)),
      ...(unread > 0 ? [note('not-searched', { traces: unread })] : []),
      ...bySearched(cut).map((values) => note('possibly-cut', values)),
      ...(full || (tooLarge && seen.size > 0)
        ? [note('first-spans-only', { spans: seen.size })]
        : []),
      ...(gone > 0 ? [note('trace-gone', { traces: gone })] : []),
      ...(rejected > 0 ? [note('row-rejected', { spans: rejected })] : []),
    ],
  }
}

const note = (code: SourceNote['code'], values: SourceNote['values']): SourceNote => ({
  code,
  values,
})

/** What was left out, one entry for each service: from its oldest to its newest moment. */
function bySearched(searches: readonly Search[]): readonly SourceNote['values'][] {
  const found = new Map<string, { from: EpochMs; until: EpochMs }>()
  for (const { service, window } of searches) {
    const name = service ?? '*'
    const known = found.get(name) ?? window
    found.set(name, {
      from: known.from < window.from ? known.from : window.from,
      until: known.until > window.until ? known.until : window.until,
    })
  }
  return [...found].map(([service, { from, until }]) => ({ service, from, until }))
}

/** Works through a list, a few at a time, in its order. */
async function inParallel<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const queue = items.entries()
  const lane = async () => {
    for (const [index, item] of queue) results[index] = await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, lane))
  return results
}
