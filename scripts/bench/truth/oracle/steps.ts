import type { Said } from './answer'
import { ownerOf, RANK, rankOf } from './company'
import { type Entry, history, isNow, keeps, type Look, record } from './look'

/** What the records say against each other, or against the way an order goes. */
export function judgeSteps(look: Look, current: Entry): readonly Said[] {
  const odd = ['shop', 'crm', 'mes'].some((system) => hasOddStep(look, system))
  return [
    ...(isAhead(look, current) ? [{ name: 'FP-11 copy-ahead', sure: true } as const] : []),
    ...(odd ? [{ name: 'FP-11 transition', sure: true, weak: true } as const] : []),
  ]
}

/** A copy shows a status that its owner, who can be asked, does not show and never had. */
function isAhead(look: Look, current: Entry): boolean {
  const { channel } = look.truth
  return ['crm', 'mes'].some((system) => {
    const row = record(look, system)
    if (!row || !isNow(look, system) || row.system === current.system) return false
    const owner = ownerOf(row.status, channel, row.before)
    if (owner === system || rankOf(row.status) <= rankOf(current.status)) return false
    if (!isNow(look, owner) || !keeps(look, owner, 'status_changes')) return false
    return (
      record(look, owner) !== undefined &&
      !history(look, owner).some(({ status }) => status === row.status)
    )
  })
}

/** A step inside one history that no order makes, and that has not been made good since. */
function hasOddStep(look: Look, system: string): boolean {
  if (!keeps(look, system, 'status_changes')) return false
  const own = history(look, system)
  let odd: Entry | null = null
  for (const [at, to] of own.entries()) {
    const from = own[at - 1]
    if (!from) continue
    if (!isAllowed(look, system, from, to)) odd = to
    else if (odd && rankOf(to.status) > Math.max(rankOf(odd.status), rankOf(odd.before ?? '')))
      odd = null
  }
  return odd !== null
}

function isAllowed(look: Look, system: string, from: Entry, to: Entry): boolean {
  const { channel } = look.truth
  const [low, high] = [rankOf(from.status), rankOf(to.status)]
  if (Number.isNaN(low) || Number.isNaN(high)) return true
  if (high === low + 1 || (low === 1 && high === 3)) return true
  const released = from.status === 'MANUFACTURING_STARTED' && to.status === 'MANUFACTURING_APPROVED'
  if (released) return to.system !== 'mes' || isOperators(look, to)
  const others = ['shop', 'crm', 'mes'].filter((one) => one !== system)
  const same = others.some((one) =>
    history(look, one).some(({ status, before }) => status === to.status && before === from.status),
  )
  const owner = ownerOf(to.status, channel)
  if (same && owner !== system) return true
  if (owner !== system && !isNow(look, owner)) return true
  if (high < low) return false
  return Object.keys(RANK).every((status) => {
    const rank = rankOf(status)
    return rank <= low || rank >= high || rank === 2 || ownerOf(status, channel) !== system
  })
}

/** A release is made by an operator; an approval that came once more is none. */
const isOperators = ({ truth }: Look, { system, at }: Entry) =>
  truth.changes.some((one) => one.system === system && one.at === at && one.receivedAt === null)
