// Long because it is one table: a row is one thing that befalls a message.
import type { Name } from '../oracle/answer'
import type { Faults, People, Plan } from '../world/plan'
import { DAY, HOUR, MINUTE } from '../world/time'
import { ALL_SIGHTS, plan, reached, spoil, toWorld, type World } from './case'

/** One passing of an order from one system to the other, and what it is called when it does not come. */
type Hop = {
  readonly name: string
  readonly from: 'crm' | 'mes'
  readonly to: 'crm' | 'mes'
  readonly status: string
  readonly channel: 'shop' | 'partner'
  readonly people: People
  readonly mismatch: Name | null
}

const WORK: People = { approve: HOUR, start: 2 * HOUR }

const HOPS: readonly Hop[] = [
  {
    name: 'order',
    from: 'crm',
    to: 'mes',
    status: 'SUBMITTED',
    channel: 'shop',
    people: {},
    mismatch: null,
  },
  {
    name: 'price',
    from: 'mes',
    to: 'crm',
    status: 'PRICE_CALCULATED',
    channel: 'shop',
    people: {},
    mismatch: 'FP-07 mismatch',
  },
  {
    name: 'registration',
    from: 'mes',
    to: 'crm',
    status: 'PRICE_CALCULATED',
    channel: 'partner',
    people: {},
    mismatch: 'FP-13 missing',
  },
  {
    name: 'approval',
    from: 'crm',
    to: 'mes',
    status: 'MANUFACTURING_APPROVED',
    channel: 'shop',
    people: { approve: HOUR },
    mismatch: 'FP-08 mismatch',
  },
  {
    name: 'partner approval',
    from: 'crm',
    to: 'mes',
    status: 'MANUFACTURING_APPROVED',
    channel: 'partner',
    people: { approve: HOUR },
    mismatch: 'FP-08 mismatch',
  },
  {
    name: 'started',
    from: 'mes',
    to: 'crm',
    status: 'MANUFACTURING_STARTED',
    channel: 'shop',
    people: WORK,
    mismatch: 'FP-10 not-replicated',
  },
  {
    name: 'completed',
    from: 'mes',
    to: 'crm',
    status: 'MANUFACTURING_COMPLETED',
    channel: 'partner',
    people: { ...WORK, complete: DAY },
    mismatch: 'FP-10 not-replicated',
  },
  {
    name: 'packed',
    from: 'mes',
    to: 'crm',
    status: 'PACKAGING',
    channel: 'shop',
    people: { ...WORK, complete: DAY, pack: HOUR },
    mismatch: 'FP-10 not-replicated',
  },
  {
    name: 'shipped',
    from: 'mes',
    to: 'crm',
    status: 'SHIPPED',
    channel: 'shop',
    people: { ...WORK, complete: DAY, pack: HOUR, ship: HOUR },
    mismatch: 'FP-10 not-replicated',
  },
]

type Mode = {
  readonly name: string
  readonly rule: string
  readonly faults: (hop: Hop, sentAt: number) => Faults
  readonly truths: (hop: Hop) => readonly Name[]
}

const queueOf = ({ to }: Hop) => (to === 'mes' ? 'crm_to_mes' : 'mes_to_crm')
const sending = ({ from, status }: Hop) => `${from} ${status}`
const handling = ({ to, status }: Hop) => `${to} ${status}`
const isNew = ({ status }: Hop) => status === 'SUBMITTED'
const unsent = (hop: Hop): readonly Name[] => (isNew(hop) ? ['FP-03 not-sent-on'] : [])
const waits = ({ to }: Hop): readonly Name[] => [
  to === 'crm' ? 'FP-04 news-waiting' : 'FP-04 waiting',
]
const aside =
  (how: Name) =>
  ({ to }: Hop): readonly Name[] => [to === 'crm' ? 'FP-05 news-set-aside' : how]
const unpriced = (hop: Hop): readonly Name[] =>
  isNew(hop) ? ['FP-06 no-price-yet', 'FP-06 not-begun', 'FP-06 failed'] : []

const MODES: readonly Mode[] = [
  {
    name: 'not sent',
    rule: 'FP-03',
    faults: (hop) => ({ sending: { [sending(hop)]: 'skipped' } }),
    truths: unsent,
  },
  {
    name: 'sending failed',
    rule: 'FP-03',
    faults: (hop) => ({ sending: { [sending(hop)]: 'error' } }),
    truths: unsent,
  },
  {
    name: 'consumer dead',
    rule: 'FP-04',
    faults: (hop, at) => ({ consumers: [{ queue: queueOf(hop), down: at - 6 * MINUTE }] }),
    truths: waits,
  },
  {
    name: 'consumer stuck',
    rule: 'FP-04',
    faults: (hop, at) => ({ stuck: { queue: queueOf(hop), from: at - 70 * MINUTE } }),
    truths: waits,
  },
  {
    name: 'unroutable',
    rule: 'FP-05',
    faults: (hop) => ({ sending: { [sending(hop)]: 'unroutable' } }),
    truths: aside('FP-05 unroutable'),
  },
  {
    name: 'set aside',
    rule: 'FP-05',
    faults: (hop) => ({ handling: { [handling(hop)]: { fails: 3, becomes: 'aside' } } }),
    truths: aside('FP-05 dead-lettered'),
  },
  {
    name: 'dropped',
    rule: 'FP-05',
    faults: (hop) => ({ handling: { [handling(hop)]: { fails: 3, becomes: 'unkept' } } }),
    truths: aside('FP-05 discarded'),
  },
  {
    name: 'not saved',
    rule: 'FP-06',
    faults: (hop) => ({ handling: { [handling(hop)]: 'unsaved' } }),
    truths: unpriced,
  },
  {
    name: 'handling failed',
    rule: 'FP-06',
    faults: (hop) => ({ handling: { [handling(hop)]: { fails: 1, becomes: 'acked' } } }),
    truths: unpriced,
  },
]

/** Every passing, spoilt in every way. */
export function messageWorlds(): readonly World[] {
  return HOPS.flatMap((hop, row) =>
    MODES.map((mode, column): World => {
      const seed = 1_000 + row * 20 + column
      const healthy = settle(plan(seed, { channel: hop.channel, people: hop.people }), hop)
      const sentAt = reached(healthy, hop.from, hop.status)
      const slow = hop.to === 'mes'
      const rule =
        hop.mismatch === null || mode.rule === 'FP-04' || mode.rule === 'FP-05'
          ? mode.rule
          : hop.mismatch.slice(0, 5)
      return toWorld({
        name: `${hop.name}: ${mode.name}`,
        rule,
        healthy: false,
        plan: spoil(healthy, mode.faults(hop, sentAt)),
        anchor: sentAt,
        minutes: slow ? [3, 8, 18, 50, 75] : [3, 8, 18, 50],
        sights: ALL_SIGHTS,
        truths: [...mode.truths(hop), ...(hop.mismatch ? [hop.mismatch] : [])],
      })
    }),
  )
}

/** Other orders only around the time that matters. */
function settle(early: Plan, hop: Hop): Plan {
  const until = early.placedAt + 4 * DAY
  const quiet = { ...early, until, traffic: { ...early.traffic, perHour: 0 } }
  const at = reached(quiet, hop.from, hop.status)
  return { ...quiet, until: at + HOUR, traffic: { ...early.traffic, from: at - 100 * MINUTE } }
}
