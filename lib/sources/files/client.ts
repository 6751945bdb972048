import 'server-only'
import { isSourceError } from '@/lib/errors'
import type { FileFact } from '@/lib/journey/fact'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type { FileQuestion, FilesAnswer, FilesSource } from '../answers'
import type { Guard } from '../guard'
import { mask } from '../mask'
import type { Head } from './head'
import { type Judged, judgeReply } from './judge-reply'

export type FilesConfig = {
  /** Called at the first question, because what it loads is heavy. */
  readonly open: () => Promise<Head>
  /** The lane of the storage. */
  readonly system: SystemId
  /** For one look-up: the file itself and those that prove its absence. */
  readonly timeoutMs: number
  readonly guard: Guard
  /** Files that orders were given lately in this bucket. What it throws counts as none. */
  readonly recentFiles: (bucket: string) => Promise<readonly FileQuestion[]>
  readonly now: () => EpochMs
}

export type LookingFilesSource = FilesSource & {
  /** One look for who sets this up: nothing of it is an order's. Throws `SourceError`. */
  look(question: FileQuestion): Promise<Pick<FileFact, 'state' | 'proven'>>
}

/** How long one object that was found proves that its bucket is answered for. */
const PROOF_MS = 600_000
/** How long an answer stands for a storage that asks to be left alone. */
const REMEMBERED_MS = 600_000
const MOST_BUCKETS = 1_000
const MOST_FILES = 1_000
const WITNESSES = 3
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/
/** As the order databases may say it. */
const SHOWABLE = /^[A-Za-z0-9!_.'()*/-]{1,1024}$/
const KEY = /^[^\p{C}]{1,1024}$/u

/**
 * The file storage, asked with HEAD alone. A 404 is an absence only while another object of the bucket is found,
 * because a wrong bucket answers 404 to everything:
 *
 *     HEAD key ── 404 ── found anything in this bucket within 10 min? ── no ── HEAD what other orders were given
 *              └─ 503 ── the last answer of the last 10 min, as stale
 */
export function createFilesSource(config: FilesConfig): LookingFilesSource {
  const { open, system, timeoutMs, guard, now } = config
  const foundAt = new Map<string, EpochMs>()
  const answers = new Map<string, Told>()
  let opening: Promise<Head> | null = null

  /** Once; what cannot be loaded now may be loaded later. */
  async function opened(): Promise<Head> {
    opening ??= open()
    return opening.catch((error: unknown) => {
      opening = null
      throw error
    })
  }

  async function ask(question: FileQuestion, signal: AbortSignal): Promise<Judged> {
    const head = await opened()
    const judged = judgeReply(await head(question, signal), now())
    if (judged.state === 'there') remember(question.bucket)
    return judged
  }

  const remember = (bucket: string) => keep(foundAt, bucket, now(), MOST_BUCKETS)

  const isAnswered = (bucket: string): boolean =>
    now() - (foundAt.get(bucket) ?? Number.NEGATIVE_INFINITY) < PROOF_MS

  async function findWitness({ bucket, key }: FileQuestion, signal: AbortSignal): Promise<void> {
    const known = await config.recentFiles(bucket).catch(silent)
    const keys = new Set(known.filter(isAskable).map((one) => one.key))
    keys.delete(key)
    const others = [...keys].slice(0, WITNESSES).map((other) => ({ bucket, key: other }))
    await Promise.all(others.map((one) => ask(one, signal).catch(silent)))
  }

  async function lookUp(question: FileQuestion): Promise<Told> {
    await opened() // What that takes is ours, and not the storage's.
    const askedAt = now()
    const signal = AbortSignal.timeout(timeoutMs)
    const judged = isAskable(question) ? await ask(question, signal) : UNASKABLE
    if (judged.state === 'absent' && !isAnswered(question.bucket))
      await Promise.race([findWitness(question, signal), whenAborted(signal)])
    const proven = judged.state === 'there' || isAnswered(question.bucket)
    const fact = toFact(judged, { question, askedAt, proven, system })
    const reason = reasonOf(fact)
    return {
      facts: [fact],
      report: {
        source: 's3',
        state: reason === null ? 'ok' : 'partial',
        reason,
        asOf: askedAt,
        askedAt,
        tookMs: Math.max(0, now() - askedAt),
        systems: [system],
      },
    }
  }

  /** A storage that asks for less is not asked again: what it said a moment ago still stands, and is named old. */
  async function lookUpOrRemember(question: FileQuestion): Promise<Told> {
    const key = keyOf(question)
    const askedAt = now()
    try {
      const told = await lookUp(question)
      keep(answers, key, told, MOST_FILES)
      return told
    } catch (error) {
      const known = answers.get(key)
      const isOld = !known || askedAt - known.report.askedAt > REMEMBERED_MS
      if (!isSourceError(error) || error.fault !== 'busy' || isOld) throw error
      const tookMs = Math.max(0, now() - askedAt)
      return {
        ...known,
        report: { ...known.report, state: 'stale', reason: 'busy', askedAt, tookMs },
      }
    }
  }

  return {
    look: async (question) => {
      const { facts } = await lookUp(question)
      return facts[0]
    },
    read: (_permit, question) => guard.run(keyOf(question), () => lookUpOrRemember(question)),
  }
}

type Told = FilesAnswer & { readonly facts: readonly [FileFact] }

const keyOf = ({ bucket, key }: FileQuestion): string => JSON.stringify(['head', bucket, key])

/** The newest come last; beyond `most` the oldest goes. */
function keep<T>(map: Map<string, T>, key: string, value: T, most: number): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}

const UNASKABLE: Judged = { state: 'unclear', size: null, modifiedAt: null, etag: null }

/** A path that a URL would shorten is another path. */
const isAskable = ({ bucket, key }: FileQuestion): boolean =>
  BUCKET.test(bucket) && KEY.test(key) && !key.split('/').some((part) => /^\.{1,2}$/.test(part))

/** A witness that does not answer is none. */
function silent(error: unknown): readonly FileQuestion[] {
  if (isSourceError(error)) return []
  throw error
}

const whenAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

type Asked = {
  readonly question: FileQuestion
  readonly askedAt: EpochMs
  readonly proven: boolean
  readonly system: SystemId
}

function toFact(judged: Judged, { question, askedAt, proven, system }: Asked): FileFact {
  const { etag, ...said } = judged
  const { bucket, key } = question
  return {
    kind: 'file',
    id: `file:${bucket}/${key}`,
    source: 's3',
    system,
    at: said.modifiedAt ?? askedAt,
    askedAt,
    proven,
    ...said,
    attributes: {
      file_bucket: mask(bucket, 'B'),
      ...(SHOWABLE.test(key) && { file_key: mask(key, 'B', key.slice(-8)) }),
      ...(etag !== null && { file_etag: mask(etag, 'B') }),
    },
  }
}

/** Why the answer says less than it could. */
const reasonOf = ({ state, proven }: FileFact): string | null =>
  state === 'absent' ? (proven ? null : 'unproven') : state === 'there' ? null : state
