// Long because every step of the priority stands beside the others.
import type { Finding, FindingId, OnTrack, Verdict } from './finding'
import { worstLevel } from './judge-limit'
import { fp01 } from './rules/fp-01'
import { fp02 } from './rules/fp-02'
import { fp03 } from './rules/fp-03'
import { fp04, isHalted } from './rules/fp-04'
import { fp05 } from './rules/fp-05'
import { fp06 } from './rules/fp-06'
import { fp07 } from './rules/fp-07'
import { fp08 } from './rules/fp-08'
import { fp09, whoseWait } from './rules/fp-09'
import { fp10 } from './rules/fp-10'
import { fp11 } from './rules/fp-11'
import { fp13 } from './rules/fp-13'
import { fp14 } from './rules/fp-14'
import type { Said } from './rules/rule'
import type { Case } from './to-case'

/** The first of them whose finding is as sure as any leads. */
const ORDER: readonly string[] = [
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
] satisfies readonly FindingId[]

const MISMATCHES: ReadonlySet<FindingId> = new Set(['FP-07', 'FP-08', 'FP-10', 'FP-13'])

/** The answer, and what else was found beneath it. */
export type Judged = { readonly verdict: Verdict | null; readonly findings: readonly Finding[] }

/**
 * Why the order is where it is.
 *
 *     causes first ─▶ surest first ─▶ records at odds ─▶ a person ─▶ unknown status ─▶ late, not judged ─▶ on track
 */
export function toVerdict(order: Case): Judged {
  const ended = order.current?.terminal ?? false
  const said: readonly Said[] = [fp01, fp02, fp03, fp04, fp05, fp06, fp07, fp08, fp10, fp13].map(
    (rule) => (ended ? null : rule(order)),
  )
  const technical = said.flatMap((one) => (one && 'found' in one ? [one.found] : []))
  const odd = fp11(order).flatMap((one) => (one && 'found' in one ? [one.found] : []))
  const isAhead = ({ case: name }: Finding) => name === 'copy-ahead'
  const ahead = odd.filter((one) => isAhead(one) && !ended)
  const found = [
    ...toPairs([...technical, ...ahead], order).flat(),
    ...odd.filter((one) => !isAhead(one)),
  ]

  const waits = found.length === 0 ? toFinding(fp09(order)) : null
  const first = found[0] ?? waits
  if (first) return lead(order, { kind: 'finding', ...first }, found.slice(1))

  const unknown = findUnknown(order)
  if (unknown) return lead(order, unknown, [])
  const unjudged = toFinding(fp14(order))
  if (unjudged) return lead(order, { kind: 'finding', ...unjudged }, [])
  const onTrack = said.flatMap((one) => (one && 'onTrack' in one ? [one.onTrack] : []))[0]
  const explained = onTrack ?? explainByStatus(order)
  return explained
    ? lead(order, { kind: 'on-track', level: 'ok', ...explained }, [])
    : { verdict: null, findings: [] }
}

const toFinding = (said: Said) => (said && 'found' in said ? said.found : null)

/** The level of the stay, or that of a finding that is worse. */
function lead(order: Case, verdict: Verdict, findings: readonly Finding[]): Judged {
  const levels = [verdict.level, order.stage?.level ?? 'ok', ...findings.map(({ level }) => level)]
  return { verdict: { ...verdict, level: worstLevel(...levels) }, findings }
}

/**
 * A mismatch and the message that it waits for go together: the message leads where it is sure, or nobody works its
 * queue off.
 */
function toPairs(found: readonly Finding[], order: Case): readonly (readonly Finding[])[] {
  const pairs: (readonly Finding[])[] = []
  const taken = new Set<Finding>()
  for (const mismatch of found.filter(isMismatch)) {
    const cause = found.find((one) => isCause(one) && isSameWay(one, mismatch))
    if (!cause) continue
    taken.add(mismatch).add(cause)
    pairs.push(leads(cause, order) ? [cause, mismatch] : [mismatch, cause])
  }
  for (const one of found) if (!taken.has(one)) pairs.push([one])
  return pairs.toSorted((a, b) => sureOf(a) - sureOf(b) || placeOf(a) - placeOf(b))
}

const isMismatch = ({ id, case: name }: Finding) => MISMATCHES.has(id) && name !== 'duplicates'
const isCause = ({ id }: Finding) => id === 'FP-04' || id === 'FP-05'
const isSameWay = (a: Finding, b: Finding) =>
  a.values.from === b.values.from && a.values.to === b.values.to

/** Sure, or in a queue that nobody works off. */
const leads = ({ id, certainty, values: { from, to } }: Finding, { passings }: Case) =>
  certainty === 'confirmed' ||
  (id === 'FP-04' &&
    passings.some((one) => isHalted(one) && one.handoff.from === from && one.handoff.to === to))

/** A pair is as sure as its mismatch. */
const sureOf = (pair: readonly Finding[]) =>
  (pair.find(isMismatch) ?? pair[0])?.certainty === 'confirmed' ? 0 : 1

const placeOf = (pair: readonly Finding[]) => Math.min(...pair.map(({ id }) => ORDER.indexOf(id)))

/** A record shows what the pipeline does not know. */
function findUnknown({ view, course, current }: Case): Verdict | null {
  if (current?.terminal) return null
  const record = view.records.now.find(({ status }) => !course.status(status))
  if (!record) return null
  return {
    kind: 'unknown-status',
    certainty: 'cannot-tell',
    level: 'ok',
    values: { system: record.system, status: record.status, since: record.at },
    evidence: record.evidence,
  }
}

/** By whom it waits for, where no rule explains it. */
function explainByStatus(order: Case): OnTrack | null {
  const { stage, current, passing, waitsFor } = order
  if (!stage || !current) return null
  const values = { status: stage.status, since: stage.entered }
  const said = { id: null, certainty: null, evidence: stage.evidence }
  if (current.terminal) {
    const working = order.disagreements.find(({ code, fresh }) => code === 'after-end' && fresh)
    const other = working ? { system: working.other, other: working.otherStatus } : {}
    return { ...said, case: 'ended', values: { ...values, ...other } }
  }
  if (passing && passing.cargo !== 'news' && isUnderWay(passing)) {
    const { from, to, started } = passing.handoff
    return { ...said, case: 'under-way', values: { ...values, from, to, since: started } }
  }
  if (waitsFor === 'customer') return { ...said, case: 'customer', values }
  const whose = whoseWait(order)
  if (whose) return { ...said, case: whose, values }
  return waitsFor === 'system' ? { ...said, case: 'placed', values } : null
}

const isUnderWay = ({ located, late }: NonNullable<Case['passing']>) =>
  !late && located.place !== 'saved' && located.place !== 'unknown'
