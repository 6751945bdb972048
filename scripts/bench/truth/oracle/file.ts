import { pipelineOf } from '../observe/pipelines'
import { MINUTE } from '../world/time'
import type { Said } from './answer'
import { rankOf } from './company'
import { answers, asOf, type Entry, history, type Look, spans } from './look'

const LATER = 2 * MINUTE

/** What is to be said of the order's file, by what the storage shows. */
export function judgeFile(look: Look, current: Entry): readonly Said[] {
  const { truth, sight, now } = look
  const { file } = truth
  const unreadable = judgeReading(look, current)
  if (!file) return unreadable
  if (rankOf(current.status) < 2) return judgeUpload(look)
  if (!isAsked(look)) return unreadable
  const needed = rankOf(current.status) >= 2 && rankOf(current.status) < 7
  const stored = truth.stored.findLast(({ at }) => at <= now)
  const readable = sight.files === 'ok'
  const uploaded = uploadedAt(look)
  if (!needed || !readable || uploaded === null) return unreadable
  const priced = rankOf(current.status) > 3
  if (!stored?.object) {
    if (now < uploaded + LATER) return unreadable
    return [
      { name: priced ? 'FP-02 lost-priced' : 'FP-02 lost', sure: true },
      { name: 'FP-11 file', sure: true, weak: true },
    ]
  }
  const { size, etag } = stored.object
  if (size > 0 && etag === file.etag) return unreadable
  if (size > 0 && stored.at > uploaded + LATER)
    return [{ name: 'FP-11 replaced', sure: true, weak: true }]
  return [
    { name: priced ? 'FP-02 damaged-priced' : 'FP-02 damaged', sure: true },
    { name: 'FP-11 file', sure: true, weak: true },
  ]
}

/** The last try to store it failed: the storage says so too, or the record that names no file yet. */
function judgeUpload(look: Look): readonly Said[] {
  const tries = spans(look, 'shop').filter(({ name }) => name === 'S3.PutObject')
  if (!tries.at(-1)?.failed) return []
  const isNamed = look.plan.earlyKey && answers(look, 'shop')
  if (!isNamed) return [{ name: 'FP-02 upload-failed', sure: false }]
  const lies = look.truth.stored.findLast(({ at }) => at <= look.now)?.object
  const isAbsent = isAsked(look) && look.sight.files === 'ok' && !lies
  return isAbsent ? [{ name: 'FP-02 upload-failed', sure: true }] : []
}

/** Some record names the file, and the storage is asked for it. */
const isAsked = (look: Look) =>
  (answers(look, 'shop') || answers(look, 'mes')) &&
  look.sight.files !== 'off' &&
  pipelineOf(look.sight).components.some(({ probe }) => probe === 'head')

const uploadedAt = (look: Look): number | null =>
  ['shop', 'mes', 'crm']
    .flatMap((system) => [
      ...history(look, system).map(({ status, at }) => [status, at] as const),
      ...spans(look, system).map(
        ({ tags, end }) => [String(tags['order.status.to'] ?? ''), end ?? 0] as const,
      ),
    ])
    .filter(([status]) => rankOf(status) >= 2)
    .map(([, at]) => at)
    .toSorted((a, b) => a - b)[0] ?? null

/** The newest calculation could not read it. */
function judgeReading(look: Look, current: Entry): readonly Said[] {
  if (current.status !== 'SUBMITTED') return []
  const newest = spans(look, 'mes')
    .filter(({ name }) => name === 'CalculatePrice')
    .at(-1)
  if (!newest?.failed || newest.tags['error.type'] !== 'ModelParseError') return []
  return [{ name: 'FP-02 unreadable', sure: (asOf(look, 'mes') ?? 0) > (newest.end ?? 0) }]
}
