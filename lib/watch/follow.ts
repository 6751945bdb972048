import type { OrderPermit } from '@/lib/access/permit'
import { type Projected, projectValue } from '@/lib/access/project'
import { toVersion } from '@/lib/access/to-version'
import { isAppError } from '@/lib/errors'
import type { Journey } from '@/lib/journey/journey'
import type { Ages, JourneyView } from '@/lib/journey/journey-view'
import { heartbeat, toFrame, toRetry } from './frame'
import type { Line } from './line'
import { type Clock, toNextCheck } from './rhythm'
import type { Watch } from './watch-order'

const HEARTBEAT_MS = 20_000
const RETRY_MS = 2_000

/** Why a stream ended. All but the first two are told to the reader, too. */
export type Ending =
  | 'left'
  | 'drained'
  | 'signed-out'
  | 'not-allowed'
  | 'unknown'
  | 'unavailable'
  | 'moved'
  | 'replaced'
  | 'slow'
  | 'fault'

/** What one viewer may see, and whether they still may. */
export type Eyes = {
  readonly view: (journey: Journey) => Projected<JourneyView>
  readonly ages: (journey: Journey) => Projected<Ages>
}

type Options = {
  readonly line: Line
  readonly watch: Watch
  readonly clock: Clock
  readonly checkMs: number
  /** The version the reader has already; null: none. */
  readonly known: string | null
  readonly permit: OrderPermit
  readonly eyes: (permit: OrderPermit) => Eyes
  /** The permit as it would be given now. Throws what the gate throws; null: under another scope. */
  readonly check: () => Promise<OrderPermit | null>
  readonly onEnd: (why: Ending) => void
  readonly onError: (error: unknown) => void
}

/**
 * One viewer's stream of one order. Answers how to end it, which may be done twice.
 *
 *     readings   ○    ○    ●    ○    ○    ○    ○        ● changed for this viewer
 *     said       age  age  journey age …  :   age
 *     checked    ├──────────── at most checkMs ───────────┤ end, where the right is gone
 */
export function follow(options: Options): (why: Ending) => void {
  const { line, watch, clock, checkMs, eyes, check, onEnd, onError } = options
  let { permit, known } = options
  let looksAnew = true
  let behind = false
  let ended = false
  let checking = false
  const timers = new Map<string, () => void>()

  line.send(toRetry(RETRY_MS + Math.floor(clock.chance() * RETRY_MS)))
  again(
    'heartbeat',
    () => HEARTBEAT_MS,
    () => line.send(heartbeat()),
  )
  again(
    'check',
    () => toNextCheck(checkMs, clock),
    () => void look().catch(fail),
  )
  const leave = watch.join({ permit: () => permit, tell, lost: () => void look().catch(fail) })
  return end

  function tell(journey: Journey, changed: boolean) {
    if (ended) return
    const { view, ages } = eyes(permit)
    if (changed || looksAnew) compare(view(journey))
    if (behind && known) behind = !line.send(toFrame({ event: 'resync', id: known }))
    if (!behind) line.send(toFrame({ event: 'age', data: ages(journey) }))
  }

  function compare(seen: Projected<JourneyView>) {
    looksAnew = false
    const version = toVersion(seen)
    if (version === known) return
    known = version
    behind = !line.send(toFrame({ event: 'journey', id: version, data: seen }))
  }

  async function look(): Promise<void> {
    if (checking || ended) return
    // Since the last look it has not read even a few bytes.
    if (behind) return end('slow')
    checking = true
    try {
      const granted = await check()
      if (!granted) return end('moved')
      looksAnew = granted.viewer.roles.join() !== permit.viewer.roles.join()
      permit = granted
    } catch (error) {
      if (!isAppError(error)) throw error
      end(ENDINGS[error.code] ?? 'unavailable')
    } finally {
      checking = false
    }
  }

  function end(why: Ending) {
    if (ended) return
    ended = true
    for (const callOff of timers.values()) callOff()
    leave()
    line.close(toLast(why))
    onEnd(why)
  }

  function fail(error: unknown) {
    onError(error)
    end('fault')
  }

  function again(name: string, ms: () => number, run: () => void) {
    const next = () => {
      run()
      if (!ended) again(name, ms, run)
    }
    timers.set(name, clock.after(ms(), next))
  }
}

const ENDINGS: Readonly<Record<string, Ending>> = {
  unauthenticated: 'signed-out',
  forbidden: 'not-allowed',
  'not-found': 'unknown',
}

function toLast(why: Ending): Uint8Array | undefined {
  if (why === 'left') return undefined
  if (why === 'drained') return toFrame({ event: 'bye' })
  return toFrame({ event: 'end', data: projectValue({ why }) })
}
