import { z } from 'zod'
import main from '@/lib/sources/jaeger/fixtures/main-2026-08-20.json' with { type: 'json' }
import v1 from '@/lib/sources/jaeger/fixtures/v1.76.0.json' with { type: 'json' }
import v2 from '@/lib/sources/jaeger/fixtures/v2.20.0.json' with { type: 'json' }
import type { Mode } from './mode'

/** What a server said to one question. */
export type Answer = {
  readonly status: number
  readonly contentType: string
  readonly json?: unknown
  readonly text?: string
}

export type Recording = {
  /** The OTLP body that the server was sent before. */
  readonly sent: unknown
  readonly answers: readonly (Answer & { readonly path: string })[]
}

export const RECORDINGS: Readonly<Record<Mode, Recording>> = { 'v1.76': v1, 'v2.20': v2, main }

/** The same spans and questions under names of their own, so that a server can be asked any number of times. */
export function retell(recording: Recording, name: string): Recording {
  const hex = Buffer.from(name).toString('hex').padEnd(32, '7').slice(0, 32)
  const text = JSON.stringify(recording)
    .replaceAll('4bf92f3577b34da6a3ce929d0e0e4736', hex)
    .replaceAll('1111111111111111', hex.slice(0, 16))
    .replaceAll('ALX-42', `ALX-${name}`)
    .replace(/\b(shop|mes)\b/g, `$1-${name}`)
  return JSON.parse(text)
}

/** Asks a server over HTTP. */
export async function ask(baseUrl: string, path: string): Promise<Answer> {
  const response = await fetch(new URL(path, baseUrl))
  const text = await response.text()
  const contentType = response.headers.get('content-type') ?? ''
  const frame = { status: response.status, contentType }
  return text.startsWith('{') ? { ...frame, json: JSON.parse(text) } : { ...frame, text }
}

/** Sends the recorded spans, as a collector would. */
export async function send(otlpUrl: string, sent: unknown): Promise<void> {
  const response = await fetch(new URL('/v1/traces', otlpUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(sent),
  })
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`)
}

const LISTS = /^\/api\/(?:v3\/)?(?:services|operations|dependencies)\b/

/** Lists that may hold more than ours: there it counts that ours are in it. */
export const isList = (path: string): boolean => LISTS.test(path)

/** The elements of a list, each as a text. */
export function elementsOf({ json }: Answer): readonly string[] {
  const { services, operations, data } = listReply.parse(json ?? {})
  return (services ?? operations ?? data ?? []).map((one) => JSON.stringify(one)).sort()
}

const list = z.array(z.unknown()).nullish()
const listReply = z.object({ services: list, operations: list, data: list })

/**
 * An answer without that in which it may rightly differ from the recorded one. Everything else is compared.
 *
 * - order: none is promised, of traces, spans, attributes, services or operations;
 * - how often a warning is said, and by which of two spans with one id: v2.20 in memory adds its warnings again at
 *   every read, and in v1 chance decides; counted is which span id has which warning;
 * - pages: only their kind counts, because the recorded one is a placeholder;
 * - an empty list of attributes is as good as none.
 *
 * Lists of a server that others use as well, as the recorded main was, hold their things, too: `isList`.
 */
export function toComparable({ status, contentType, json, text }: Answer): unknown {
  if (contentType.startsWith('text/html')) return { status, contentType }
  if (json === undefined) return { status, contentType, text }
  const warnings = new Set<string>()
  return {
    status,
    contentType,
    json: normalise(json, warnings, ''),
    warnings: [...warnings].sort(),
  }
}

type Plain = Record<string, unknown>
const isObject = (value: unknown): value is Plain => typeof value === 'object' && value !== null

/** Sorts every list, and takes the warnings out, wherever they are. */
function normalise(value: unknown, warnings: Set<string>, spanId: string): unknown {
  if (Array.isArray(value))
    return value
      .filter((one) => !isWarning(one, warnings, spanId))
      .map((one) => normalise(one, warnings, spanId))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (!isObject(value)) return value
  const id = String(value.spanID ?? value.spanId ?? spanId)
  const fields = Object.entries(value).filter(
    ([key, one]) => !(key === 'warnings' && note(one, warnings, id)),
  )
  return Object.fromEntries(
    fields
      .map(([key, one]): [string, unknown] => [key, normalise(one, warnings, id)])
      .filter(([key, one]) => !(key === 'attributes' && Array.isArray(one) && one.length === 0))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** v3 has warnings among the attributes. */
function isWarning(value: unknown, warnings: Set<string>, spanId: string): boolean {
  if (!isObject(value) || value.key !== '@jaeger@warnings') return false
  const { arrayValue } = jaegerWarnings.parse(value.value)
  return note(
    arrayValue.values.map(({ stringValue }) => stringValue),
    warnings,
    spanId,
  )
}

const jaegerWarnings = z.object({
  arrayValue: z.object({ values: z.array(z.object({ stringValue: z.string() })) }),
})

function note(list: unknown, warnings: Set<string>, spanId: string): boolean {
  for (const warning of Array.isArray(list) ? list : []) warnings.add(`${spanId}: ${warning}`)
  return true
}
