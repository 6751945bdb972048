import { setTimeout as sleep } from 'node:timers/promises'
import { MODES, type Mode } from '@/demo/faults/mode'
import { type Answer, ask, cookieFor, quantile } from './asked'
import { query } from './demo'
import { type House, openHouse } from './house'

export type Source = 'jaeger' | 'shop' | 'mes'
type Report = {
  readonly source: string
  readonly state: string
  readonly reason: string | null
  readonly tookMs: number
}
type Spot = { readonly code: string; readonly source: string | null }
type View = {
  readonly current: { readonly status: string } | null
  readonly sources: readonly Report[]
  readonly blindSpots: readonly Spot[]
  readonly facts: readonly unknown[]
}

/** What one fault of one source led to. */
export type Hurt = {
  readonly source: Source
  readonly mode: Mode
  /** Of the answers that came while nothing had been noticed. */
  readonly p95: number
  readonly reasons: readonly string[]
  /** Of the answers while the breaker refused. */
  readonly openP95: number
  /** The source's own part of such an answer, at most. */
  readonly openShare: number
  readonly healedMs: number
  readonly wrong: readonly string[]
}

export type Caller = Awaited<ReturnType<typeof readyCaller>>

export const FAULTS = MODES.filter((mode) => mode !== 'up')
/** A crowd: many times what opens a breaker, which is five in a row. */
const AT_ONCE = 20
const AFTERWARDS = 5
/** Long past the ten seconds for which a breaker stays open. */
const HEALED_WITHIN_MS = 40_000

const nameOf = (source: Source) => (source === 'jaeger' ? 'jaeger' : `orders:${source}`)
const viewOf = ({ text }: Answer): View => JSON.parse(text)

export const reportOf = (answer: Answer, source: Source) =>
  viewOf(answer).sources.find((report) => report.source === nameOf(source))

/** What was no answer, each kind once. */
export const refusalsOf = (answers: readonly Answer[]) => [
  ...new Set(
    answers
      .filter(({ status }) => status !== 200)
      .map(({ status, text }) =>
        `${status} ${text.replace(/.*"detail":|"requestId":"[^"]*"/g, '')}`.slice(0, 200),
      ),
  ),
]

/** Somebody of support, and orders that nobody has asked for yet, so that no answer is shared. */
export async function readyCaller() {
  const cookie = await cookieFor({ roles: ['support'] })
  // Of the shop: both databases know them, so that one of the two can tell of every order.
  const rows = await query<{ id: string }>(
    'demo_mes',
    'select order_no as id from mes.orders where partner_id is null order by order_no desc',
  )
  let taken = 0
  return {
    cookie,
    takeIds(count: number): readonly string[] {
      if (taken + count > rows.length) taken = 0 // So long ago that nothing of it is shared any more.
      taken += count
      return rows.slice(taken - count, taken).map(({ id }) => id)
    },
    open: (house: House, id: string, from?: string) =>
      ask(`/api/orders/${id}/journey`, { cookie, at: house.baseUrl, ...(from && { from }) }),
  }
}

/** Has its connections to every database: it is not their beginning that is looked at. */
export async function openWarmHouse(caller: Caller, name: string): Promise<House> {
  const house = await openHouse({ name })
  for (const id of caller.takeIds(3)) await caller.open(house, id)
  await Promise.all(caller.takeIds(8).map((id) => caller.open(house, id)))
  return house
}

/**
 *   hurt ── 20 at once ── 5 one by one, breaker open ── heal ─┬─ until its report is whole
 *                                                              └─ the next source is hurt meanwhile
 */
export async function hurt(caller: Caller, house: House, source: Source, mode: Mode, apartMs = 0) {
  house[source].set(mode)
  const first = await Promise.all(
    caller.takeIds(AT_ONCE).map(async (id, at) => {
      await sleep(at * apartMs)
      return openAnswered(caller, house, id)
    }),
  )
  const later: Answer[] = []
  for (const id of caller.takeIds(AFTERWARDS)) later.push(await openAnswered(caller, house, id))
  house[source].set('up')

  const answered = [...first, ...later].filter(({ status }) => status === 200)
  const reports = answered.map((answer) => reportOf(answer, source))
  const refused = later.filter(
    (answer) => answer.status === 200 && reportOf(answer, source)?.reason === 'open',
  )
  const measured = {
    source,
    mode,
    p95: quantile(toTimes(first), 0.95),
    reasons: [...new Set(reports.map((report) => `${report?.state} ${report?.reason}`))],
    openP95: quantile(toTimes(refused), 0.95),
    openShare: Math.max(0, ...refused.map((answer) => reportOf(answer, source)?.tookMs ?? 0)),
  }
  const wrong = [...first, ...later].flatMap((answer) => findWrong(answer, source))
  const healed = heal(caller, house, source).then(
    (healedMs): Hurt => ({
      ...measured,
      healedMs,
      wrong: [...new Set(healedMs > HEALED_WITHIN_MS ? [...wrong, 'did not heal'] : wrong)],
    }),
  )
  // In an object: a promise alone would be waited for.
  return { healed }
}

/** Asks again where nobody answered: then the machine was too busy for those that are whole as well. */
async function openAnswered(caller: Caller, house: House, id: string): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    const answer = await caller.open(house, id)
    if (answer.status !== 503 || tries === 5) return answer
    await sleep(1_000)
  }
}

const toTimes = (answers: readonly Answer[]) => answers.map(({ ms }) => ms)

function findWrong(answer: Answer, source: Source): string[] {
  if (answer.status !== 200) return refusalsOf([answer])
  const report = reportOf(answer, source)
  const spots = viewOf(answer).blindSpots.filter((spot) => spot.source === nameOf(source))
  return [
    ...(report ? [] : ['no report']),
    ...(report?.state === 'ok' ? ['reported as whole'] : []),
    ...(report?.reason ? [] : ['no reason']),
    ...(spots.some(({ code }) => code.startsWith('source-')) ? [] : ['no blind spot']),
  ]
}

/** How long until the source is read again. */
async function heal(caller: Caller, house: House, source: Source): Promise<number> {
  const began = performance.now()
  const since = () => performance.now() - began
  while (since() <= HEALED_WITHIN_MS) {
    const [id = ''] = caller.takeIds(1)
    const answer = await caller.open(house, id)
    const report = answer.status === 200 ? reportOf(answer, source) : undefined
    if (report && report.state !== 'missing') return since()
    await sleep(500)
  }
  return since()
}
