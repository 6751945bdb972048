import type { SpanFact } from '../fact'
import type { FindingValues } from '../finding'
import type { ChannelDef } from '../pipeline'
import type { Case } from '../to-case'
import type { SystemId } from '../types'
import { findFileTrouble, neededBy } from './order-file'
import { found, type Rule, type Said } from './rule'

/** The file of an order that needs it is not there, not as it was, or cannot be read. */
export const fp02: Rule = (order) => toMissing(order) ?? toUnreadable(order) ?? toUnsent(order)

function toMissing(order: Case): Said {
  const trouble = findFileTrouble(order)
  if (!trouble || trouble.what === 'replaced') return null
  const { pricing } = order.course.pipeline
  const priced =
    pricing !== undefined &&
    order.stage !== null &&
    order.course.lower(pricing.within, order.stage.status)
  return found('FP-02', {
    case: priced ? `${trouble.what}-priced` : trouble.what,
    certainty: trouble.certainty,
    // Before the price, it is the price that needs it.
    values: toSystem(pricing === undefined || priced ? neededBy(order) : null),
    evidence: trouble.evidence,
  })
}

const toSystem = (system: SystemId | null): FindingValues => (system === null ? {} : { system })

const PARSING = /pars(e|ing)|unreadable|(invalid|unsupported).*(format|mesh|model)/i

/** The newest calculation ended on what it read. */
function toUnreadable({ course, current, view, asOf }: Case): Said {
  const { pricing } = course.pipeline
  if (!pricing || current?.status !== pricing.within) return null
  const newest = (view.records.spans.get(pricing.system) ?? [])
    .filter(({ name }) => pricing.spans.test(name))
    .toSorted(byTime)
    .at(-1)
  if (!newest?.failed || !PARSING.test(newest.attributes['error.type']?.value ?? '')) return null
  return found('FP-02', {
    case: 'unreadable',
    certainty: (asOf(pricing.system) ?? 0) > newest.at + newest.duration ? 'confirmed' : 'likely',
    values: { system: pricing.system },
    evidence: [newest.id],
  })
}

const STORES = /(^|[. ])(PutObject|UploadPart|CompleteMultipartUpload)$/

/** The last try to store it failed, and the order has not gone on since. */
function toUnsent({ channel, course, stage, view, record }: Case): Said {
  const reached = course.pipeline.milestones.find(({ proof }) => proof === 'file')?.reached
  const status = channel ? reached?.[channel.id] : undefined
  if (!channel || !stage || status === undefined || !course.lower(stage.status, status)) return null
  const newest = (view.records.spans.get(channel.entry) ?? [])
    .filter(({ name }) => STORES.test(name))
    .toSorted(byTime)
    .at(-1)
  if (!newest?.failed) return null
  const file = view.readings.files.at(-1)
  const isAbsent = file?.state === 'absent' && file.proven
  // A file that is named already may be there all the same: only the storage knows.
  if (!isAbsent && isNamed(channel, view.records)) return null
  return found('FP-02', {
    case: 'upload-failed',
    certainty: isAbsent ? 'confirmed' : 'likely',
    evidence: [
      newest.id,
      ...(isAbsent ? [file.id] : []),
      ...(record(channel.entry)?.evidence ?? []),
    ],
  })
}

const isNamed = ({ fileKey }: ChannelDef, { rows }: Case['view']['records']) =>
  fileKey !== undefined || [...rows.values()].some(({ attributes }) => attributes.file_key)

const byTime = (a: SpanFact, b: SpanFact) => a.at - b.at
