import { MINUTE, SECOND } from '../world/time'
import { queueAt } from '../world/truth'
import type { Name } from './answer'
import { rankOf, WARN } from './company'
import {
  asOf,
  type Entry,
  emptySince,
  isHeard,
  isNow,
  type Look,
  mark,
  reading,
  record,
  spans,
} from './look'
import { isOvertaken, type Located, type Passing, type SeenTry } from './place'

const QUEUE = 'crm_to_mes'
const SKEW = 2 * SECOND

type Run = {
  readonly began: number
  readonly ended: number | null
  readonly failed: boolean
  readonly calculated: boolean
  /** By a span, which names its process. */
  readonly seen?: boolean
}

/** What is to be said of the calculation: a finding, nothing to worry about, or nothing. */
export type Priced = { readonly name: Name; readonly sure: boolean } | 'on track' | null

/** The calculation of a price of an order that has none. */
export function judgePricing(
  look: Look,
  entry: Entry,
  brought: { readonly passing: Passing; readonly located: Located } | null,
  late: boolean,
): Priced {
  const mes = record(look, 'mes')
  if (mes && rankOf(mes.status) > rankOf('SUBMITTED')) return null
  const crm = record(look, 'crm')
  if (crm && rankOf(crm.status) > rankOf('SUBMITTED')) return null
  const runs = runsOf(look, entry, brought?.located.tries ?? [])
  const newest = runs.at(-1) ?? null
  if (brought) {
    const { place, tries } = brought.located
    if (['in-queue', 'set-aside', 'not-sent', 'set-back'].includes(place)) return null
    if (place === 'unknown' && !newest) return null
    if (isLoop(tries)) return null
  } else if (!mes && !newest) return null

  const handed = brought !== null
  if (newest?.ended) {
    if (newest.failed && isOver(look, newest.ended, handed, brought?.passing ?? null))
      return { name: 'FP-06 failed', sure: isShownAfter(look, newest.ended) }
    if (newest.calculated && !newest.failed && isShownAfter(look, newest.ended + WARN))
      return { name: 'FP-06 ended-unsaved', sure: true }
  }
  const restart = newest && newest.ended === null ? restartOf(look, newest) : null
  if (restart !== null) {
    if (look.now >= restart + WARN && isOver(look, restart, handed, brought?.passing ?? null))
      return { name: 'FP-06 interrupted', sure: false }
  } else if (newest && newest.ended === null)
    return judgeOpen(look, look.now - newest.began, handed, late)
  if (!late) return 'on track'
  // That there is no price is known only of a record that is of now.
  const had = brought?.located.tries.some((one) => one.ended === null || !one.failed)
  const inHand = brought?.located.place === 'being-handled'
  if (!inHand && (!isNow(look, 'mes') || !(mes || had))) return null
  if (mark(look, 'mes', 'pricing_started_at') === null)
    return { name: 'FP-06 not-begun', sure: true }
  return { name: 'FP-06 no-price-yet', sure: false }
}

function judgeOpen(look: Look, run: number, handed: boolean, late: boolean): Priced {
  if (run < 30 * MINUTE) return late ? { name: 'FP-06 late-start', sure: true } : 'on track'
  if (run < 45 * MINUTE) return { name: 'FP-06 longer', sure: true }
  const read = reading(look)
  const inHand = handed && read !== null && queueAt(look.truth, QUEUE, read.at).unacked > 0
  return { name: inHand ? 'FP-06 hung' : 'FP-06 slow-or-hung', sure: false }
}

const isShownAfter = (look: Look, moment: number) => (asOf(look, 'mes') ?? 0) >= moment

/** When production was seen to have begun anew since; null: it was not. */
function restartOf(look: Look, { began, seen }: Run): number | null {
  const restart = look.truth.restarts.find(({ at }) => at > began && at <= look.now)
  if (!restart || !seen) return null
  const heard = isHeard(look, 'mes', 'consume', restart.at)
  const own = spans(look, 'mes').some(({ begin }) => begin > restart.at)
  return heard || own ? restart.at : null
}

/** Nobody begins anew. */
function isOver(look: Look, ended: number, handed: boolean, passing: Passing | null): boolean {
  if (handed && passing) {
    const empty = emptySince(look, QUEUE)
    const read = reading(look)
    if (empty !== null && read && read.at - Math.max(empty, ended) >= WARN) return true
    if (isOvertaken(look, QUEUE, ended)) return true
  }
  const started = mark(look, 'mes', 'pricing_started_at')
  return typeof started === 'number' && started <= ended && isShownAfter(look, ended + WARN)
}

/** A message that is taken away from its consumer after half an hour, and again. */
export function isLoop(tries: readonly SeenTry[]): boolean {
  if (tries.some(({ ended, failed, wrote }) => ended !== null && wrote && !failed)) return false
  const within = (ms: number, least: number, most: number) =>
    ms >= least * MINUTE && ms <= most * MINUTE
  const long = tries.filter(({ began, ended }) => ended !== null && within(ended - began, 29, 31))
  return (
    long.length >= 2 ||
    tries.some((one, at) => at > 0 && within(one.began - (tries[at - 1]?.began ?? 0), 29, 32))
  )
}

/** Every try of the calculation that can be seen, the oldest first. */
function runsOf(look: Look, entry: Entry, tries: readonly SeenTry[]): readonly Run[] {
  const own = spans(look, 'mes').filter(({ begin }) => begin >= entry.at - SKEW)
  const calculated = own
    .filter(({ name }) => name === 'CalculatePrice')
    .map(({ begin, end, failed }) => ({ began: begin, ended: end, failed, calculated: true }))
  const started = mark(look, 'mes', 'pricing_started_at')
  const marked =
    typeof started === 'number'
      ? [{ began: started, ended: null, failed: false, calculated: false }]
      : []
  const orphans = own
    .filter(
      ({ name, parentId, tags }) =>
        name === 'S3.GetObject' &&
        tags['order.id'] !== undefined &&
        !own.some(({ spanId }) => spanId === parentId),
    )
    .map(({ begin }) => ({
      began: begin,
      ended: null,
      failed: false,
      calculated: false,
      seen: true,
    }))
  // Whether it was taken at all says nothing of a beginning.
  const taken = tries
    .filter(({ ended, failed }) => ended !== null && failed)
    .map(({ began, ended, failed }) => ({ began, ended, failed, calculated: false }))
  const closed = [...calculated, ...taken]
  const open = [...marked, ...orphans].filter(
    (run) =>
      !closed.some(
        ({ began, ended }) =>
          ended !== null && run.began >= began - SKEW && run.began <= ended + SKEW,
      ),
  )
  return [...closed, ...open].toSorted((a, b) => a.began - b.began)
}
