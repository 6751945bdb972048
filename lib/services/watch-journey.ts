import 'server-only'
import type { OrderPermit, Sighting } from '@/lib/access/permit'
import { project, projectAges } from '@/lib/access/project'
import { readViewer } from '@/lib/auth/read-viewer'
import { requireEntry } from '@/lib/auth/require-entry'
import { isAppError } from '@/lib/errors'
import { type EventStream, eventStream } from '@/lib/http/event-stream'
import { held } from '@/lib/http/held'
import { buildJourney } from '@/lib/journey/build-journey'
import { logError } from '@/lib/log-error'
import type { OrdersAnswer } from '@/lib/sources/answers'
import { recordEvent } from '@/lib/store/audit/record'
import { type Ending, follow } from '@/lib/watch/follow'
import { openLine } from '@/lib/watch/line'
import type { Readers, Watch } from '@/lib/watch/watch-order'
import { watching } from '@/lib/watch/watching'
import type { LastingContext } from './context'
import { gatherBeside } from './gather-beside'
import { readSameOrder } from './read-same-order'
import { toGathered } from './to-gathered'

type Known = {
  /** The version the browser has already; null: none. */
  readonly since: string | null
  /** The tab of a browser that follows: its new stream takes the place of its old one. */
  readonly tab: string | null
}

/**
 * Opens the stream of one order for one viewer.
 *
 *   seat ── permit, row `start` ── stream … readings, checks … ── row `end`, which says why ── seat free
 *    429        401 403 404 503
 */
export async function watchJourney(
  context: LastingContext,
  orderId: string,
  { since, tab }: Known,
): Promise<EventStream> {
  const { viewer, request } = context
  const { hub, clock, rhythm, tabs } = watching()
  const tabKey = tab && JSON.stringify([viewer.sessionId, tab])
  if (tabKey) tabs.get(tabKey)?.('replaced')
  const giveBack = await takeSeat(context)
  const permit = await context
    .permit(viewer, request, 'journey.stream', { type: 'order', id: orderId })
    .catch((error: unknown) => {
      giveBack()
      throw error
    })

  const line = openLine(() => end('left'))
  const watch = hub.of(orderId, viewer.scope, toReaders(context, orderId))
  const end = follow({
    line,
    watch,
    clock,
    checkMs: rhythm.checkMs,
    known: since,
    permit,
    eyes: (granted) => toEyes(context, granted),
    check: () => check(context, orderId, watch),
    onEnd,
    onError: logError,
  })
  const sayGoodbye = () => end('drained')
  held().streams.add(sayGoodbye)
  if (tabKey) tabs.set(tabKey, end)
  return eventStream({ body: line.body, letGo: () => end('left') })

  function onEnd(why: Ending) {
    held().streams.delete(sayGoodbye)
    if (tabKey && tabs.get(tabKey) === end) tabs.delete(tabKey)
    giveBack()
    context.end(why).catch(logError)
  }
}

/** A place for one more stream; a refusal is written down, because the gate never hears of it. */
async function takeSeat({ viewer, request }: LastingContext): Promise<() => void> {
  try {
    return watching().seats.take(viewer)
  } catch (error) {
    if (isAppError(error) && error.code === 'too-many')
      await recordEvent({
        action: 'journey.stream',
        request,
        viewer,
        decision: 'deny',
        reason: 'limit',
        status: 429,
      })
    throw error
  }
}

const toReaders = (context: LastingContext, orderId: string): Readers => ({
  rows: (permit) => context.orders.read(permit),
  async beside(permit, rows) {
    const [answer, same] = await Promise.all([
      gatherBeside(context, permit, rows),
      readSameOrder(context.orders, permit, rows, context.pipeline),
    ])
    return { ...answer, same }
  },
  judge: (rows, beside, now) =>
    buildJourney({ orderId, ...toGathered(rows, beside) }, context.pipeline, now),
})

const toEyes = ({ hashKey, traceUrl, policy }: LastingContext, { viewer }: OrderPermit) => ({
  view: (journey: Parameters<typeof project>[0]) =>
    project(journey, viewer, { hashKey, traceUrl, policy, complete: true }),
  ages: (journey: Parameters<typeof projectAges>[0]) => projectAges(journey, viewer, policy),
})

/** Session, role and scope once more. The rows that were just read for everybody tell whether the order is still there. */
async function check(
  { viewer, again }: LastingContext,
  orderId: string,
  watch: Watch,
): Promise<OrderPermit | null> {
  const now = await readViewer(viewer.sessionId)
  requireEntry(now)
  const { partner, channel } = now.scope
  if (partner !== viewer.scope.partner || channel !== viewer.scope.channel) return null
  const scoped = partner !== undefined || channel !== undefined
  return again(now, orderId, toSighting(watch.rows(), scoped))
}

function toSighting(rows: OrdersAnswer | null, scoped: boolean): Sighting {
  const reports = rows?.reports ?? []
  const silent = reports.filter(({ state }) => state === 'missing').map(({ source }) => source)
  return {
    seen: !scoped || (rows?.facts.length ?? 0) > 0,
    silent,
    answered: silent.length < reports.length,
  }
}
