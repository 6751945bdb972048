import { SourceError } from '@/lib/errors'
import type { FileFact } from '@/lib/journey/fact'
import { type EpochMs, epochMs } from '@/lib/journey/types'

/** What came back for a HEAD; names of headers in lower case. */
export type HeadReply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** What one HEAD says of one object. */
export type Judged = Pick<FileFact, 'state' | 'size' | 'modifiedAt'> & {
  /** Without its quotes; null where there is none that could be compared. */
  readonly etag: string | null
}

const NOTHING = { size: null, modifiedAt: null, etag: null } as const
const DAY_MS = 86_400_000
const WHOLE = /^\d{1,15}$/
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const ETAG = /^[A-Za-z0-9._+/=-]{1,128}$/

/**
 * Decides by the status alone, because a HEAD has no body. Throws `SourceError` for what would be the same
 * whichever file is asked for: `rejected` is also a wrong region or endpoint, `malformed` is no storage at all.
 *
 *     200 there · 403 forbidden, never absent · 404 absent, if proven · 304, 405, 412 … unclear
 *     429, 503 busy: it asks for less · 301, 307, 400, 401, other 5xx rejected
 */
export function judgeReply({ status, headers }: HeadReply, now: EpochMs): Judged {
  if (status === 200) return judgeFound(headers, now)
  if (status === 404) return { state: 'absent', ...NOTHING }
  if (status === 403) return { state: 'forbidden', ...NOTHING }
  if (status === 429 || status === 503)
    throw new SourceError('s3', 'busy', new Error(`HTTP ${status}`))
  if (status >= 500 || status === 400 || status === 401 || (status < 400 && isRedirect(status)))
    throw new SourceError('s3', 'rejected', new Error(`HTTP ${status}`))
  return { state: 'unclear', ...NOTHING }
}

const isRedirect = (status: number): boolean => status >= 300 && status !== 304

function judgeFound(headers: HeadReply['headers'], now: EpochMs): Judged {
  const stated = headers['content-length'] ?? ''
  const etag = (headers.etag ?? '').replace(/^"|"$/g, '')
  const modifiedAt = toMoment(headers['last-modified'] ?? '', now)
  // A sign-in page answers 200 as well; no storage says nothing of the object at all.
  if (headers.etag === undefined && headers['last-modified'] === undefined)
    throw new SourceError('s3', 'malformed', new Error('200 without an object'))
  if (!WHOLE.test(stated) || modifiedAt === null) return { state: 'unclear', ...NOTHING }
  return {
    state: 'there',
    size: Number(stated),
    modifiedAt,
    etag: ETAG.test(etag) ? etag : null,
  }
}

/** A date that is none, or lies ahead, says nothing. */
function toMoment(text: string, now: EpochMs): EpochMs | null {
  const at = DATE.test(text) ? Date.parse(text) : Number.NaN
  return at > 0 && at <= now + DAY_MS ? epochMs(at) : null
}
