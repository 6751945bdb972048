import type { OrderPermit } from '@/lib/access/permit'
import { toVersion } from '@/lib/access/to-version'
import type { Journey } from '@/lib/journey/journey'
import type { EpochMs } from '@/lib/journey/types'
import type { Beside, OrdersAnswer } from '@/lib/sources/answers'
import { type Clock, type Rhythm, toNextReading } from './rhythm'

/** Somebody for whom an order is read again and again. */
export type Watcher = {
  /** In whose name it may be read. */
  readonly permit: () => OrderPermit
  /** After each reading; `changed` is false where nobody can see anything new. */
  readonly tell: (journey: Journey, changed: boolean) => void
  /** The rows no longer show the order within the scope of these watchers. */
  readonly lost: () => void
}

/** The sources, and the thinking, that an order's watchers share. */
export type Readers = {
  readonly rows: (permit: OrderPermit) => Promise<OrdersAnswer>
  /** The sources beside the rows. */
  readonly beside: (permit: OrderPermit, rows: OrdersAnswer) => Promise<Beside>
  readonly judge: (rows: OrdersAnswer, beside: Beside, now: EpochMs) => Journey
}

export type Watch = {
  /** Answers how to leave. The first who joins starts the reading, the last who leaves stops it. */
  join(watcher: Watcher): () => void
  /** What the rows said last; null before they said anything. */
  readonly rows: () => OrdersAnswer | null
}

type Options = {
  readonly readers: Readers
  readonly clock: Clock
  readonly rhythm: Rhythm
  readonly onEmpty: () => void
  readonly onError: (error: unknown) => void
}

/**
 * One reading of one order for all who watch it.
 *
 *     rows     ■    ■    ■    ■    ■    ■    ■
 *     beside    ■─┐                           ■─┐        as long as it takes: traces, queues, the file
 *     told        ○ ○    ○    ○    ○    ○    ○  ○
 *              join                                leave: nothing is read any more
 */
export function watchOrder({ readers, clock, rhythm, onEmpty, onError }: Options): Watch {
  const watchers = new Set<Watcher>()
  let rows: OrdersAnswer | null = null
  let beside: Beside | null = null
  let journey: Journey | null = null
  let version = ''
  let asking = false
  let besideDue = clock.now()
  let callOff = () => {}

  return { join, rows: () => rows }

  function join(watcher: Watcher) {
    watchers.add(watcher)
    if (watchers.size === 1) void beat()
    else if (journey) watcher.tell(journey, true)
    return () => {
      if (!watchers.delete(watcher) || watchers.size > 0) return
      callOff()
      onEmpty()
    }
  }

  async function beat(): Promise<void> {
    await readRows().catch(onError)
    if (watchers.size === 0) return
    callOff = clock.after(toNextReading(rhythm.rowsMs, clock), () => void beat())
  }

  async function readRows(): Promise<void> {
    const permit = anyPermit()
    if (!permit) return
    rows = await readers.rows(permit)
    if (hides(permit, rows)) {
      for (const { lost } of [...watchers]) lost()
      return
    }
    if (!asking && clock.now() >= besideDue) void readBeside(rows).catch(onError)
    tellAll()
  }

  async function readBeside(question: OrdersAnswer): Promise<void> {
    const permit = anyPermit()
    if (!permit) return
    asking = true
    try {
      beside = await readers.beside(permit, question)
    } finally {
      asking = false
      besideDue = (clock.now() + toNextReading(rhythm.tracesMs, clock)) as EpochMs
    }
    tellAll()
  }

  /** Before the others have said something there is only half a journey, and the page has the whole one. */
  function tellAll() {
    if (watchers.size === 0 || !rows || !beside) return
    journey = readers.judge(rows, beside, clock.now())
    const next = toVersion(journey)
    const changed = next !== version
    version = next
    for (const { tell } of [...watchers]) tell(journey, changed)
  }

  function anyPermit(): OrderPermit | null {
    const [first] = watchers
    return first ? first.permit() : null
  }
}

/** Every database answered, and none has the order within the scope. */
function hides({ viewer: { scope } }: OrderPermit, { facts, reports }: OrdersAnswer): boolean {
  if (scope.partner === undefined && scope.channel === undefined) return false
  return facts.length === 0 && reports.every(({ state }) => state !== 'missing')
}
