import type { CounterFact } from './fact'
import type { Row } from './locate'
import { READING_LAG_MS } from './queue-state'
import type { Evidence } from './to-evidence'
import type { EpochMs } from './types'

const MINUTE_MS = 60_000
/** The metrics reckon the rise of a minute over as long; the broker's own samples, a minute apart, are less apart. */
const STRETCH_MS = 150_000

/** Given up by the broker or by its receiver. */
export const SET_ASIDE_ROWS: readonly Row[] = [
  {
    // The company's own recorder names the order.
    row: 4,
    find({ deadLetters, newest }) {
      const last = deadLetters.at(-1)
      if (!last || (newest && newest.began > last.at)) return null
      return {
        place: 'set-aside',
        case: 'dead-lettered',
        certainty: 'confirmed',
        since: last.at,
        evidence: [last.id],
      }
    },
  },
  {
    // It failed often enough, it is gone, and at that time something was set aside.
    row: 10,
    find(evidence) {
      const { newest, attempts, hop } = evidence
      const failures = attempts.filter(({ failed }) => failed)
      if (!newest?.failed || newest.ended === null) return null
      if (failures.length < hop.def.giveUpAfter) return null
      const rise = findRise(newest.ended, evidence)
      if (!rise || !evidence.isPassedBy()) return null
      return {
        place: 'set-aside',
        case: rise.case,
        certainty: 'likely',
        since: newest.ended,
        evidence: [...failures.flatMap((one) => one.evidence), ...rise.evidence],
      }
    },
  },
  {
    // It was sent, nobody took it, and in that minute something reached no queue.
    row: 11,
    find(evidence) {
      const { sent, attempts, hop } = evidence
      if (hop.def.transport !== 'amqp' || sent.state !== 'sent' || attempts.length > 0) return null
      const { at } = sent
      if (at === null) return null
      const rise = evidence
        .counters()
        .find((one) => one.counter === 'unroutable' && roseAt(one, at))
      const queue = evidence.queue()
      if (!rise || !queue || queue.emptySince === null || !evidence.isPassedBy()) return null
      return {
        place: 'set-aside',
        case: 'unroutable',
        certainty: 'likely',
        since: at,
        evidence: [...sent.evidence, rise.id, ...queue.evidence],
      }
    },
  },
]

/** What rose within a minute of a failure: a counter, or what lies where messages are set aside. */
function findRise(at: EpochMs, { counters, setAside, hop }: Evidence) {
  const rose = counters().filter(
    ({ counter, queue }) =>
      counter !== 'unroutable' && (queue === null || hop.def.queues?.includes(queue)),
  )
  const counted = rose.find((one) => roseAt(one, at))
  if (counted) {
    const kept = counted.counter === 'discarded' ? 'discarded' : 'dead-lettered'
    return { case: kept, evidence: [counted.id] } as const
  }
  const filled = setAside.find((fact) => {
    const samples = [...fact.history, fact]
    return samples.some((sample, index) => {
      const before = samples[index - 1]
      const [held, holds] = [sizeOf(before), sizeOf(sample)]
      if (!before || held === null || holds === null || holds <= held) return false
      return spans(before.at, sample.at, at)
    })
  })
  return filled ? ({ case: 'dead-lettered', evidence: [filled.id] } as const) : null
}

const sizeOf = (sample: { ready: number | null; unacked: number | null } | undefined) =>
  sample && sample.ready !== null ? sample.ready + (sample.unacked ?? 0) : null

const roseAt = ({ since, at, by }: CounterFact, moment: EpochMs) =>
  by > 0 && spans(since, at, moment)

/** A rise of that minute; one of a long stretch may be of any moment in it. */
const spans = (from: number, until: number, moment: number) =>
  until - from <= STRETCH_MS &&
  from <= moment + MINUTE_MS &&
  until + READING_LAG_MS >= moment - MINUTE_MS
