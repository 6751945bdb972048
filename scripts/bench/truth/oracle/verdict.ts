// Long because every step on the way to an answer stands beside the others.
import { MINUTE } from '../world/time'
import type { Answer, Headline, Name, Said } from './answer'
import { ruleOf } from './answer'
import { judgeClosing } from './closing'
import { CRITICAL, lateFrom, ownerOf, rankOf, WARN, waitsFor, waysOf } from './company'
import { judgeFile } from './file'
import {
  asOf,
  type Entry,
  history,
  isNow,
  type Look,
  record,
  shownAt,
  spans,
  stateOf,
} from './look'
import { type Located, locate, type Passing } from './place'
import { isLoop, judgePricing } from './pricing'
import { judgeSteps } from './steps'

const SYSTEMS = ['shop', 'crm', 'mes']
const ORDER = [
  'FP-01',
  'FP-02',
  'FP-05',
  'FP-13',
  'FP-03',
  'FP-11',
  'FP-08',
  'FP-07',
  'FP-04',
  'FP-06',
  'FP-10',
]

type Watched = { readonly passing: Passing; readonly located: Located }

/** The best honest answer of somebody who knows the company, and sees only what can be seen. */
export function answer(look: Look): Answer {
  const placing = judgePlacing(look)
  const current = currentOf(look)
  if (!current) return placing ? only(placing.name) : say(['nothing'], [], 'any')
  const unknown = SYSTEMS.map((system) => record(look, system)).find(
    (row) => row && Number.isNaN(rankOf(row.status)),
  )
  // What the company itself calls otherwise is not judged.
  if (unknown) return say(['unknown status'], [], null)
  const late = look.now >= lateFrom(current.status, current.at)
  if (current.status === 'CLOSED') return say(['on track'], [], null)

  const watched = watch(look, current)
  const open = watched.filter(({ located }) => located.place !== 'saved')
  const pairs = open.flatMap((one) => judgeOpen(look, one, late))
  const files = judgeFile(look, current)
  const pricing =
    current.status === 'SUBMITTED' ? judgeSubmitted(look, current, watched, late) : null
  const steps = judgeSteps(look, current)

  const strong: (readonly Said[])[] = [
    ...(placing ? [[placing]] : []),
    ...pairs,
    ...(watched.some(isTakenAway) ? [[{ name: 'FP-05 loop', sure: false } as const]] : []),
    ...files.filter(({ weak }) => !weak).map((one) => [one]),
    ...(pricing && pricing !== 'on track' ? [[pricing]] : []),
    ...judgeClosing(look, current, pairs.length > 0),
    ...(hasTwins(look) ? [[{ name: 'FP-13 duplicates', sure: true } as const]] : []),
    ...steps.filter(({ name }) => name === 'FP-11 copy-ahead').map((one) => [one]),
  ]
  const weak = [...files, ...steps].filter((one) => one.weak)
  const sorted = [...strong].sort((a, b) => doubt(a) - doubt(b) || place(a) - place(b))
  const all = [...sorted.flat(), ...weak]
  const [first] = all
  if (first) {
    const due = all.filter(({ early }) => !early).map(({ name }) => name)
    return say(first.early ? [first.name, 'on track'] : [first.name], due, null)
  }

  if (late && isPersons(current.status) && isWaitOfPerson(look, current, watched))
    return only(personOf(current.status))
  if (late) return hide(look)
  return say(['on track'], [], null)
}

const say = (
  headlines: readonly [Headline, ...Headline[]],
  present: readonly Name[],
  hidden: Answer['hidden'],
): Answer => ({ headlines, present, hidden })

const only = (name: Name): Answer => say([name], [name], null)

const doubt = (pair: readonly Said[]) =>
  pair.some(({ name, sure }) => sure && isMismatch(name)) || pair[0]?.sure ? 0 : 1
const place = (pair: readonly Said[]) =>
  Math.min(...pair.map(({ name }) => ORDER.indexOf(ruleOf(name))))
const isMismatch = (name: Name) => ['FP-07', 'FP-08', 'FP-10', 'FP-13'].includes(ruleOf(name))

/** Which status is the order's, and since when. */
export function currentOf(look: Look): Entry | null {
  const { channel } = look.truth
  const rows = SYSTEMS.flatMap((system) => record(look, system) ?? [])
  const [first] = rows
  if (!first) return inSpans(look)
  const closed = rows.find(({ system, status }) => system === 'crm' && status === 'CLOSED')
  if (closed) return closed
  const known = rows.filter(({ status }) => !Number.isNaN(rankOf(status)))
  const top = Math.max(...known.map(({ status }) => rankOf(status)))
  const highest = known.filter(({ status }) => rankOf(status) === top)
  const own = highest.find((row) => ownerOf(row.status, channel, row.before) === row.system)
  if (own) return own
  const [copy] = highest
  if (!copy) return first
  const owner = ownerOf(copy.status, channel, copy.before)
  const owners = record(look, owner)
  return owners && isNow(look, owner) ? owners : { ...copy, system: owner }
}

function inSpans(look: Look): Entry | null {
  const named = SYSTEMS.flatMap((system) => spans(look, system)).filter(
    ({ tags }) => tags['order.status.to'] !== undefined,
  )
  const last = named.toSorted((a, b) => (b.end ?? 0) - (a.end ?? 0))[0]
  if (!last) return null
  const status = String(last.tags['order.status.to'])
  return { system: ownerOf(status, look.truth.channel), status, at: last.end ?? last.begin }
}

/** Every passing of the order that is open, and the last one. */
function watch(look: Look, current: Entry): readonly Watched[] {
  const { channel } = look.truth
  const own = SYSTEMS.flatMap((system) =>
    history(look, system).filter((one) => ownerOf(one.status, channel, one.before) === system),
  )
  const all = own.some(({ status, at }) => status === current.status && at === current.at)
    ? own
    : [...own, current]
  const watched: Watched[] = []
  for (const entry of all.toSorted((a, b) => a.at - b.at)) {
    const later = all.filter((one) => one.system === entry.system && one.at > entry.at)
    const isBack = entry.before !== undefined && rankOf(entry.status) < rankOf(entry.before)
    if (later.some(({ status }) => rankOf(status) < rankOf(entry.status))) continue
    if (isBack && later.length > 0) continue
    const owner = ownerOf(entry.status, channel, entry.before)
    const ways = waysOf(entry.status, owner, channel)
    let since = entry.at
    for (const [index, way] of ways.entries()) {
      const passing = { entry, way, since, further: ways[index + 1]?.to ?? null }
      const located = locate(look, passing)
      watched.push({ passing, located })
      if (located.place !== 'saved') break
      since = history(look, way.to).find(({ at }) => at >= entry.at)?.at ?? since
    }
  }
  return watched
}

/** What is to be said of a message that has not come: the mismatch, and what holds it. */
function judgeOpen(
  look: Look,
  { passing, located }: Watched,
  late: boolean,
): readonly (readonly Said[])[] {
  const { way, since, entry } = passing
  if (entry.status === 'SUBMITTED') return judgeNewOrder(look, { passing, located }, late)
  const state = stateOf(look, way)
  const extra = way.queue !== null && (state === 'busy' || state === 'unknown') ? way.longest : 0
  const shown = asOf(look, way.to)
  const from = located.place === 'set-back' ? fellBackAt(look, passing) : since
  const isMissing = shown !== null && shown - from >= CRITICAL + extra && hasRecord(look, passing)
  const mismatch: Said | null = isMissing
    ? { name: mismatchOf(look, passing, located), sure: true }
    : null
  const cause = causeOf(look, { passing, located }, late)
  if (!mismatch) return cause ? [[cause]] : []
  if (!cause) return [[mismatch]]
  const leads = cause.sure || (cause.name.startsWith('FP-04') && isHalted(state))
  return [leads ? [cause, mismatch] : [mismatch, cause]]
}

/** The record of the sender shows the change: two records contradict each other, and not a record and a span. */
const hasRecord = (look: Look, { entry, way }: Passing) =>
  rankOf(record(look, way.from)?.status ?? '') >= rankOf(entry.status)

const isTakenAway = ({ passing, located }: Watched) =>
  passing.entry.status === 'SUBMITTED' && isLoop(located.tries)

const isHalted = (state: string) => state === 'dead' || state === 'stuck' || state === 'growing'

/** When a record that had a change fell back behind it. */
const fellBackAt = (look: Look, { entry, way }: Passing) =>
  history(look, way.to).findLast((one) => rankOf(one.status) < rankOf(entry.status))?.at ?? entry.at

function mismatchOf(look: Look, { entry, way }: Passing, { place: where }: Located): Name {
  if (where === 'set-back') return way.to === 'mes' ? 'FP-10 set-back-approval' : 'FP-10 set-back'
  if (entry.status === 'PRICE_CALCULATED')
    return look.truth.channel === 'partner' && !record(look, 'crm')
      ? 'FP-13 missing'
      : 'FP-07 mismatch'
  if (entry.system === 'crm') return 'FP-08 mismatch'
  return entry.status === 'MANUFACTURING_APPROVED' ? 'FP-10 released' : 'FP-10 not-replicated'
}

/** What holds a message, where it is a finding of its own. */
function causeOf(look: Look, { passing, located }: Watched, late: boolean): Said | null {
  const { way, since } = passing
  const news = way.to === 'crm'
  if (located.place === 'set-aside')
    return {
      name: news ? 'FP-05 news-set-aside' : `FP-05 ${located.how ?? 'dead-lettered'}`,
      sure: located.sure,
      // Told at once by its limits, and only later by the table of places.
      early: located.early || look.now - since < CRITICAL + way.longest,
    }
  if (located.place !== 'in-queue' || way.queue === null) return null
  const state = stateOf(look, way)
  const extra = state === 'busy' || state === 'unknown' ? way.longest : 0
  const waited = look.now - since
  const due = isHalted(state)
    ? waited >= WARN
    : waited >= CRITICAL + extra || (late && waited >= WARN + extra)
  return due ? { name: news ? 'FP-04 news-waiting' : 'FP-04 waiting', sure: located.sure } : null
}

/** A new order on its way to where it is priced. */
function judgeNewOrder(
  look: Look,
  { passing, located }: Watched,
  late: boolean,
): readonly (readonly Said[])[] {
  const { way, since } = passing
  const state = stateOf(look, way)
  const extra = way.queue !== null && (state === 'busy' || state === 'unknown') ? way.longest : 0
  const shown = asOf(look, way.to)
  // What only its record lacks is counted up to the moment it shows.
  const until =
    located.sure && located.place === 'in-queue' && way.queue === null
      ? (shown ?? look.now)
      : look.now
  const over = until - since >= CRITICAL + extra
  if (isLoop(located.tries)) return []
  if (way.queue === null) {
    if (!over || (located.place !== 'in-queue' && located.place !== 'handled-not-saved')) return []
    const failed = located.place === 'handled-not-saved' || located.tries.at(-1)?.failed
    return [[{ name: failed ? 'FP-03 taking-failed' : 'FP-03 not-taken', sure: located.sure }]]
  }
  if (located.place === 'not-sent')
    return over ? [[{ name: 'FP-03 not-sent-on', sure: located.sure }]] : []
  const cause = causeOf(look, { passing, located }, late)
  return cause ? [[cause]] : []
}

function judgeSubmitted(look: Look, current: Entry, watched: readonly Watched[], late: boolean) {
  if (look.truth.channel === 'partner') return judgePricing(look, current, null, late)
  const brought = watched.find(
    ({ passing }) => passing.entry.status === 'SUBMITTED' && passing.way.to === 'mes',
  )
  if (!brought) {
    const mes = record(look, 'mes')
    return mes ? judgePricing(look, current, null, late) : null
  }
  return judgePricing(look, brought.passing.entry, brought, late)
}

/** The same number of the same partner once more, nearly at the same time, and not ended. */
function hasTwins(look: Look): boolean {
  const { twins, partner, changes } = look.truth
  const first = changes[0]
  if (!partner || !first || !SYSTEMS.some((system) => record(look, system))) return false
  const at = shownAt(look, 'mes')
  return twins.some(
    ({ createdAt, status }) =>
      at !== null &&
      createdAt <= at &&
      status !== 'CLOSED' &&
      Math.abs(createdAt - first.at) <= 10 * MINUTE,
  )
}

const isPersons = (status: string) => ['seller', 'operator', 'carrier'].includes(waitsFor(status))

function personOf(status: string): Name {
  const who = waitsFor(status)
  if (who === 'seller') return 'FP-09 seller'
  if (who === 'carrier') return 'FP-09 carrier'
  return status === 'MANUFACTURING_APPROVED' ? 'FP-09 operator' : 'FP-09 operator-in-work'
}

/** Both sides of the last hand-off show the same, and it was late when they did. */
function isWaitOfPerson(look: Look, current: Entry, watched: readonly Watched[]): boolean {
  const last = watched.filter(({ passing }) => passing.entry.status === current.status).at(-1)
  if (!last || last.located.place !== 'saved' || !last.located.sure) return false
  const sides = [last.passing.way.from, last.passing.way.to].map((system) => asOf(look, system))
  return sides.every((at) => at !== null && at >= lateFrom(current.status, current.at))
}

/** The newest try to place the order failed, and no record has it. */
function judgePlacing(look: Look): Said | null {
  const entry = look.truth.channel === 'shop' ? 'shop' : 'mes'
  const submits = spans(look, entry).filter(
    ({ kind, name }) =>
      kind === 'server' && /^POST \/(partner\/)?orders(\/\{id\}\/submit)?$/.test(name),
  )
  const newest = submits.toSorted((a, b) => a.begin - b.begin).at(-1)
  if (!newest?.failed) return null
  if (SYSTEMS.some((system) => rankOf(record(look, system)?.status ?? 'INITIATED') >= 3))
    return null
  const sure = (asOf(look, entry) ?? 0) > (newest.end ?? newest.begin)
  return { name: sure ? 'FP-01 not-saved' : 'FP-01 only-traces', sure }
}

/** Late, and nothing says why: what hides it is what does not answer, is old, or is not traced. */
function hide({ sight }: Look): Answer {
  const databases = Object.values(sight.databases)
  const silent = databases.some(({ state }) => state === 'down')
  const old = databases.some(({ lagMs }) => lagMs > 0)
  const hidden = silent ? 'source-missing' : old ? 'source-stale' : 'any'
  return say(
    ['FP-14 unclear', 'FP-14 not-traced', 'FP-14 source-missing', 'FP-14 source-stale'],
    [],
    hidden,
  )
}
