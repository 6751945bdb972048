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
  if (!file || !isAsked(look)) return unreadable
  const needed = rankOf(current.status) >= 2 && rankOf(current.status) < 7
  const stored = truth.stored.findLast(({ at }) => at <= now)
  const readable = sight.files === 'ok'
  if (rankOf(current.status) < 2) {
    const tries = spans(look, 'shop').filter(({ name }) => name === 'S3.PutObject')
    return readable && tries.at(-1)?.failed && !stored?.object
      ? [{ name: 'FP-02 upload-failed', sure: true }]
      : unreadable
  }
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

/** Some record names the file, and the storage is asked for it. */
const isAsked = (look: Look) =>
  (answers(look, 'shop') || answers(look, 'mes')) &&
  look.sight.files !== 'off' &&
  pipelineOf(look.sight).components.some(({ probe }) => probe === 'head')

const uploadedAt = (look: Look): number | null =>
  ['shop', 'mes', 'crm']
    .flatMap((system) => history(look, system))
    .filter(({ status }) => rankOf(status) >= 2)
    .map(({ at }) => at)
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
