import type { z } from 'zod'
import { isSourceError, SourceError } from '@/lib/errors'
import { parseJson } from './parse-json'
import { readBody } from './read-body'
import type { Retries } from './retries'

export type Fetch = typeof globalThis.fetch

export type Transport = {
  /** Where TLS and headers live (`createFetch`); and what a test replaces. */
  readonly fetch: Fetch
  /** For the whole exchange: the wait, a retry and the body. */
  readonly timeoutMs: number
  /** The most decoded bytes taken from one answer. */
  readonly maxBytes: number
  /** The time limit of the look-up this exchange is part of. */
  readonly signal?: AbortSignal
  /** Without it nothing is asked twice. */
  readonly retries?: Retries
}

/** What came back, judged by its body: a status or a content type proves nothing. */
export type Reply = { readonly status: number; readonly bytes: number } & (
  | { readonly kind: 'json'; readonly json: unknown }
  | { readonly kind: 'html' | 'text'; readonly text: string }
)

const MAX_ERROR_BYTES = 65_536
/** As much of what is no JSON as it takes to tell a page from a text. */
const BEGINNING = 4_096

const TOO_MANY = 429
const WORTH_A_RETRY = new Set([502, 503, 504])
const NO_CONNECTION = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
])

/** Fetches and validates JSON. Every way it can go wrong is a `SourceError`. */
export async function fetchJson<T>(
  source: string,
  url: URL,
  schema: z.ZodType<T>,
  transport: Transport,
): Promise<T> {
  const reply = await exchange(source, url, transport)
  if (reply.status >= 400)
    throw new SourceError(source, 'rejected', new Error(`HTTP ${reply.status}`))
  return readReply(source, reply, schema)
}

/** The JSON of a reply in the expected shape, or `malformed`. */
export function readReply<T>(source: string, reply: Reply, schema: z.ZodType<T>): T {
  if (reply.kind !== 'json') throw new SourceError(source, 'malformed', new Error(reply.kind))
  const parsed = schema.safeParse(reply.json)
  if (!parsed.success) throw new SourceError(source, 'malformed', parsed.error)
  return parsed.data
}

/**
 * One GET, whatever it answers. Throws `timeout`, `unreachable`, `too-large`, for nesting `malformed`, and `busy`
 * where the source said 429 and while it wants to be left alone.
 */
export async function exchange(source: string, url: URL, transport: Transport): Promise<Reply> {
  const { retries } = transport
  if (retries?.isResting()) throw new SourceError(source, 'busy', new Error('Retry-After'))
  const limit = AbortSignal.timeout(transport.timeoutMs)
  const signal = transport.signal ? AbortSignal.any([limit, transport.signal]) : limit
  const ask = () =>
    transport.fetch(url, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal,
    })
  try {
    const response = await askTwice(ask, signal, retries)
    if (response.status === TOO_MANY) {
      retries?.rest(response.headers.get('retry-after'))
      await response.body?.cancel()
      throw new SourceError(source, 'busy', new Error(`HTTP ${TOO_MANY}`))
    }
    return await toReply(source, response, transport.maxBytes)
  } catch (cause) {
    if (signal.aborted) throw new SourceError(source, 'timeout', cause)
    if (isSourceError(cause)) throw cause
    throw new SourceError(source, 'unreachable', cause)
  }
}

async function askTwice(
  ask: () => Promise<Response>,
  signal: AbortSignal,
  retries: Retries | undefined,
): Promise<Response> {
  retries?.begin()
  const mayRetry = () => retries?.take() ?? false
  try {
    const response = await ask()
    if (!WORTH_A_RETRY.has(response.status) || !mayRetry()) return response
    // The connection is free only when the body is gone.
    await response.body?.cancel()
  } catch (cause) {
    if (signal.aborted || !NO_CONNECTION.has(codeOf(cause)) || !mayRetry()) throw cause
  }
  await pause(retries?.pauseMs() ?? 0, signal)
  return ask()
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal.addEventListener('abort', onAbort, { once: true })
  })

/** undici puts the socket's error into the `cause` of a bare `TypeError`. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : null
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

async function toReply(source: string, response: Response, maxBytes: number): Promise<Reply> {
  const { status } = response
  const cap = status >= 400 ? Math.min(maxBytes, MAX_ERROR_BYTES) : maxBytes
  const body = await readBody(response, cap)
  if ('refused' in body) {
    // The text of an error is never shown; that it is long changes nothing.
    if (status >= 400) return { status, bytes: body.bytes, kind: 'text', text: '' }
    const fault = body.refused === 'too-deep' ? 'malformed' : 'too-large'
    throw new SourceError(source, fault, new Error(`${body.refused} after ${body.bytes} bytes`))
  }
  const { whole, lists } = body
  const bytes = whole.length
  const parsed = await parseJson(whole, lists)
  if (parsed) return { status, bytes, kind: 'json', json: parsed.json }
  // Not JSON is an answer too: an unknown route, or a login page.
  const text = new TextDecoder().decode(whole.subarray(0, BEGINNING))
  return { status, bytes, kind: /^\s*<(!doctype|html)/i.test(text) ? 'html' : 'text', text }
}
