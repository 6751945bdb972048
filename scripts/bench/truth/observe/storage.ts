import type { Fact, FileFact } from '@/lib/journey/fact'
import type { SourceReport } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { toFileQuestion } from '@/lib/services/to-file-question'
import { judgeReply } from '@/lib/sources/files/judge-reply'
import { mask } from '@/lib/sources/mask'
import type { Truth } from '../world/truth'
import type { Sight } from './sight'

type Answer = { readonly facts: readonly FileFact[]; readonly report: SourceReport }

/** What the file storage answers to a HEAD on the order's file; null: it is not asked. */
export function readStorage(
  truth: Truth,
  sight: Sight,
  rows: readonly Fact[],
  pipeline: Pipeline,
  now: number,
): Answer | null {
  const question = toFileQuestion(truth.orderId, rows, pipeline)
  const asked = pipeline.components.some(({ probe }) => probe === 'head')
  if (!question || !asked) return null
  const report = {
    source: 's3',
    asOf: null,
    askedAt: epochMs(now),
    tookMs: 5,
    systems: ['s3'],
  } as const
  if (sight.files === 'off')
    return { facts: [], report: { ...report, state: 'not-configured', reason: null } }
  if (sight.files === 'down')
    return { facts: [], report: { ...report, state: 'missing', reason: 'timeout' } }

  const { etag, ...said } = judgeReply(toReply(truth, sight, now), epochMs(now))
  const proven = said.state === 'there' || sight.files !== 'unproven'
  const reason =
    said.state === 'absent'
      ? proven
        ? null
        : 'unproven'
      : said.state === 'there'
        ? null
        : said.state
  const { bucket, key } = question
  const fact: FileFact = {
    kind: 'file',
    id: `file:${bucket}/${key}`,
    source: 's3',
    system: 's3',
    at: said.modifiedAt ?? epochMs(now),
    askedAt: epochMs(now),
    proven,
    ...said,
    attributes: {
      file_bucket: mask(bucket, 'B'),
      file_key: mask(key, 'B', key.slice(-8)),
      ...(etag !== null && { file_etag: mask(etag, 'B') }),
    },
  }
  return {
    facts: [fact],
    report: { ...report, state: reason === null ? 'ok' : 'partial', reason, asOf: epochMs(now) },
  }
}

function toReply({ stored }: Truth, { files }: Sight, now: number) {
  if (files === 'forbidden') return { status: 403, headers: {} }
  const last = stored.findLast(({ at }) => at <= now)
  if (!last?.object || files === 'unproven') return { status: 404, headers: {} }
  return {
    status: 200,
    headers: {
      'content-length': String(last.object.size),
      'last-modified': new Date(last.at).toUTCString(),
      etag: `"${last.object.etag}"`,
    },
  }
}
