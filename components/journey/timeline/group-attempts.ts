import type { SpanFactView } from '@/lib/journey/journey-view'

/** The same thing tried several times, in order of time: the last one tells how it ended. */
export type Attempts = readonly [SpanFactView, SpanFactView, ...SpanFactView[]]

/**
 * Finds redeliveries of one message and repeats of one call.
 *
 *     producer ▶ ─┬─ consumer ✕     the same message, taken three times
 *                 ├─ consumer ✕
 *                 └─ consumer ▇
 *     parent ▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇▇
 *       POST ✕    POST ✕   POST ▇   the same call again, because the one before failed
 *       GET ▇ GET ▇ GET ▇           no repeats: each of them was well
 *
 * `spans` must be in order of time.
 */
export function groupAttempts(spans: readonly SpanFactView[]): readonly Attempts[] {
  const series = new Map<string, SpanFactView[]>()
  for (const span of spans) {
    const key = toKey(span)
    if (key === null) continue
    const before = series.get(key)
    if (before) before.push(span)
    else series.set(key, [span])
  }
  return [...series.values()].flatMap((tried) =>
    tried[0]?.spanKind === 'consumer' ? toAttempts(tried) : splitAtSuccess(tried),
  )
}

/** What is the same for every attempt at one thing; null for what nothing calls. */
function toKey({ spanKind, service, name, links, traceId, parentId, attributes }: SpanFactView) {
  if (spanKind === 'consumer') {
    const message = attributes['messaging.message.id'] ?? links[0]?.spanId ?? parentId
    return message ? ['message', message, service, name].join('\n') : null
  }
  const calls = spanKind === 'client' || spanKind === 'producer'
  return calls && parentId ? [traceId, parentId, service, name].join('\n') : null
}

/** A call is repeated because the one before it failed and was over. */
function splitAtSuccess(calls: readonly SpanFactView[]): readonly Attempts[] {
  const runs: SpanFactView[][] = []
  for (const call of calls) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (before?.failed && before.at + before.duration <= call.at) run?.push(call)
    else runs.push([call])
  }
  return runs.flatMap(toAttempts)
}

function toAttempts([first, second, ...others]: readonly SpanFactView[]): readonly Attempts[] {
  return first && second ? [[first, second, ...others]] : []
}
