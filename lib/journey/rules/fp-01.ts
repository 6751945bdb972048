import type { SpanFact } from '../fact'
import type { Case } from '../to-case'
import type { Status } from '../types'
import { found, type Rule } from './rule'

/** The newest try to place the order failed, and no record has it. A refusal is an answer, and no failure. */
export const fp01: Rule = (order) => {
  const { channel, view } = order
  if (!channel) return null
  const tries = (view.records.spans.get(channel.entry) ?? []).filter(
    ({ service, name, spanKind }) =>
      service === channel.entryService && spanKind === 'server' && channel.submit.test(name),
  )
  const newest = tries.toSorted((a, b) => a.at - b.at).at(-1)
  if (!newest || !isFailure(newest)) return null
  if (view.records.now.some(({ status }) => isPlaced(order, status))) return null

  // An old record may still be of later than the try.
  const sure = (order.asOf(channel.entry) ?? 0) > newest.at + newest.duration
  return found('FP-01', {
    case: sure ? 'not-saved' : 'only-traces',
    certainty: sure ? 'confirmed' : 'likely',
    values: { system: channel.entry, since: newest.at },
    evidence: [newest.id, ...(order.record(channel.entry)?.evidence ?? [])],
  })
}

const isFailure = ({ failed, attributes }: SpanFact) =>
  failed && !attributes['http.response.status_code']?.value.startsWith('4')

/** At the first status that somebody must learn of, or beyond it. */
function isPlaced({ channel, course }: Case, status: Status): boolean {
  const placed = channel?.path.find((one) => course.status(one)?.waitsFor !== 'customer')
  return placed === undefined || !course.lower(status, placed)
}
