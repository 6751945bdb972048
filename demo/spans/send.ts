import { promisify } from 'node:util'
import zlib from 'node:zlib'
import type { Emitted } from './emit'
import type { Otlp, OtlpSpan } from './otlp'
import { RESOURCES, SCOPES } from './resources'

const BATCH = 4_000
const AT_ONCE = 3
const gzip = promisify(zlib.gzip)

/** Sends portions of spans by OTLP over HTTP, a few at a time. Answers how many; throws when the endpoint refuses. */
export async function sendSpans(
  endpoint: string,
  portions: Iterable<readonly Emitted[]>,
): Promise<number> {
  const batches = inBatches(portions)
  let sent = 0
  const work = async () => {
    for (const batch of batches) {
      await post(endpoint, toOtlp(batch))
      sent += batch.length
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return sent
}

function* inBatches(portions: Iterable<readonly Emitted[]>): Generator<readonly Emitted[]> {
  for (const portion of portions)
    for (let from = 0; from < portion.length; from += BATCH) yield portion.slice(from, from + BATCH)
}

async function post(endpoint: string, body: Otlp): Promise<void> {
  const packed = await gzip(JSON.stringify(body), { level: 1 })
  const response = await fetch(`${endpoint.replace(/\/$/, '')}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: packed,
    signal: AbortSignal.timeout(30_000),
  })
  const text = await response.text()
  if (!response.ok)
    throw new Error(`${endpoint} refused spans: ${response.status} ${text.slice(0, 200)}`)
}

/** Spans grouped as an exporter groups them: by resource, then by library. */
export function toOtlp(batch: readonly Emitted[]): Otlp {
  const groups = new Map<Emitted['service'], Map<string, OtlpSpan[]>>()
  for (const { service, scope, span } of batch) {
    const scopes = groups.get(service) ?? new Map<string, OtlpSpan[]>()
    groups.set(service, scopes)
    const spans = scopes.get(scope) ?? []
    scopes.set(scope, spans)
    spans.push(span)
  }
  return {
    resourceSpans: [...groups].map(([service, scopes]) => ({
      resource: RESOURCES[service],
      scopeSpans: [...scopes].map(([scope, spans]) => ({
        scope: SCOPES[scope] ?? { name: scope },
        spans,
      })),
    })),
  }
}
