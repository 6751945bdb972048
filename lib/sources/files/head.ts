import 'server-only'
import type { HeadObjectCommand } from '@aws-sdk/client-s3'
import { SourceError } from '@/lib/errors'
import type { FileQuestion } from '../answers'
import type { Fetch } from '../fetch-json'
import type { HeadReply } from './judge-reply'

export type StorageAddress = {
  /** null: AWS itself. */
  readonly endpoint: URL | null
  readonly region: string
  /** The bucket stands in the path and not in the name of the host. */
  readonly pathStyle: boolean
  /** null: as the machine has them, from its role or its environment. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null
  /** The fetch for one origin, with the TLS settings of this storage. */
  readonly fetchFor: (origin: URL) => Fetch
}

/** Asks one HEAD. Any status is an answer; throws `SourceError` where there was none. */
export type Head = (question: FileQuestion, signal: AbortSignal) => Promise<HeadReply>

/** The answer to a request under a wrong clock says the right time: the second one is signed with it. */
const ATTEMPTS = 2
const AWS = /\.amazonaws\.com(\.cn)?$/

/**
 * HEAD requests signed by the AWS SDK. It signs and repeats; the wire is ours, so that no redirect is followed
 * and no other host is asked. The SDK is loaded at the first call: until then it costs nothing.
 */
export async function openHead(address: StorageAddress): Promise<Head> {
  const sdk = await import('@aws-sdk/client-s3')
  const client = new sdk.S3Client({
    region: address.region,
    forcePathStyle: address.pathStyle,
    maxAttempts: ATTEMPTS,
    requestHandler: createWire(address),
    // No body comes back: there is nothing to sum up.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(address.endpoint && { endpoint: address.endpoint.href }),
    ...(address.credentials && { credentials: address.credentials }),
  })

  return async ({ bucket, key }, signal) => {
    const command = new sdk.HeadObjectCommand({ Bucket: bucket, Key: key })
    const kept = keepReply(command)
    const ended = untilAborted(signal)
    try {
      await Promise.race([client.send(command, { abortSignal: signal }), ended.passed])
    } catch (cause) {
      // An answer is one, whatever the SDK makes of it, and though no time was left to ask again.
      const fault = signal.aborted ? 'timeout' : 'unreachable'
      if (!kept.reply()) throw new SourceError('s3', fault, cause)
    } finally {
      ended.stop()
    }
    const reply = kept.reply()
    if (!reply) throw new SourceError('s3', 'malformed')
    return reply
  }
}

/** The last answer to a command as it came: the SDK throws for what it cannot read. */
function keepReply({ middlewareStack }: HeadObjectCommand) {
  let reply: HeadReply | null = null
  middlewareStack.add(
    (next) => async (given) => {
      reply = null
      const result = await next(given)
      reply = toReply(result.response)
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'keepReply' }, // Nearest to the wire.
  )
  return { reply: () => reply }
}

/** The SDK's way to the network. */
function createWire({ endpoint, fetchFor }: StorageAddress) {
  const fetches = new Map<string, Fetch>()

  function fetchOf(url: URL): Fetch {
    const { hostname } = url
    const known = endpoint
      ? hostname === endpoint.hostname || hostname.endsWith(`.${endpoint.hostname}`)
      : AWS.test(hostname)
    if (!known) throw new TypeError(`Refused to ask ${url.origin}`)
    const fetch = fetches.get(url.origin) ?? fetchFor(new URL(url.origin))
    fetches.set(url.origin, fetch)
    return fetch
  }

  return {
    metadata: { handlerProtocol: 'http/1.1' },
    async handle(request: WireRequest, options: { abortSignal?: unknown } = {}) {
      const { protocol, hostname, port, path, method, headers } = request
      const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ''}${path}`)
      const { abortSignal } = options
      const response = await fetchOf(url)(url, {
        method,
        headers,
        redirect: 'manual',
        ...(abortSignal instanceof AbortSignal && { signal: abortSignal }),
      })
      // A HEAD has no body, whatever a liar sends.
      await response.body?.cancel()
      return {
        response: {
          statusCode: response.status,
          headers: Object.fromEntries(response.headers),
          body: new Uint8Array(),
        },
      }
    },
    updateHttpClientConfig: () => {},
    httpHandlerConfigs: () => ({}),
  }
}

type WireRequest = {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
}

function toReply(response: unknown): HeadReply | null {
  if (typeof response !== 'object' || response === null) return null
  const { statusCode, headers } = response as { statusCode?: unknown; headers?: unknown }
  if (typeof statusCode !== 'number' || typeof headers !== 'object') return null
  return { status: statusCode, headers: headers as Readonly<Record<string, string>> }
}

/** Rejects when the signal does: the SDK's pause before a repetition does not hear it. */
function untilAborted(signal: AbortSignal) {
  let stop = () => {}
  const passed = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason)
    stop = () => signal.removeEventListener('abort', onAbort)
    if (signal.aborted) onAbort()
    else signal.addEventListener('abort', onAbort, { once: true })
  })
  passed.catch(() => {})
  return { passed, stop }
}
