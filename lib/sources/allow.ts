import type { Pipeline } from '@/lib/journey/pipeline'
import type { Attributes, Masked } from '@/lib/journey/types'
import { ALLOW_LIST, type AllowRow, HEADER, NEVER } from './allow-list'
import { mask } from './mask'
import { looksSecret, plain } from './scrub'
import { order } from './validators'

/** A foreign value as its source typed it; `null` where it is of a type that no field has. */
export type ForeignValue = string | number | boolean | readonly ForeignValue[] | null

export type Allowed = {
  readonly kept: Attributes
  /** How many attributes were dropped, for the count that a viewer sees. */
  readonly hidden: number
}

/** What was decided of each name, and of each value under it: one map for one answer, never kept, for it holds what was refused. */
export type Memo = Map<string, Known | null>

type Known = Named & { readonly fields: Map<ForeignValue, Masked<string> | null> }

/** More than any instrumentation sends; the rest is only counted. */
const MAX_ATTRIBUTES = 64

type Named = { readonly row: AllowRow; readonly rank: number }

const BY_NAME: ReadonlyMap<string, Named> = new Map(
  ALLOW_LIST.flatMap((row) =>
    [row.key, ...row.names].map((name, rank) => [name, { row, rank }] as const),
  ),
)

/** Keeps the attributes that are listed and pass their validator, under one name each. The rest does not exist further in. */
export function allow(
  attributes: Iterable<readonly [string, ForeignValue]>,
  pipeline: Pipeline,
  memo: Memo = new Map(),
): Allowed {
  const found = new Map<string, { readonly rank: number; readonly field: Masked<string> }>()
  let hidden = 0
  for (const [name, foreign] of attributes) {
    const known = found.size < MAX_ATTRIBUTES ? knownBy(name, pipeline, memo) : null
    const field = known && fieldOf(foreign, known, pipeline)
    if (!field) {
      hidden += 1
      continue
    }
    const before = found.get(known.row.key)
    if (!before || known.rank < before.rank) found.set(known.row.key, { rank: known.rank, field })
  }
  const kept: Record<string, Masked<string>> = {}
  for (const key of [...found.keys()].sort()) {
    const field = found.get(key)?.field
    if (field) kept[key] = field
  }
  return { kept, hidden }
}

function knownBy(name: string, pipeline: Pipeline, memo: Memo): Known | null {
  const known = memo.get(name)
  if (known !== undefined) return known
  const named = findRow(name, pipeline)
  const learnt = named ? { ...named, fields: new Map() } : null
  memo.set(name, learnt)
  return learnt
}

function findRow(name: string, { orderId }: Pipeline): Named | undefined {
  if (NEVER.test(name)) return undefined
  const rank = orderId.attributes.indexOf(name)
  if (rank !== -1) return { row: aliasRow(name), rank }
  return HEADER.test(name) ? undefined : BY_NAME.get(name)
}

/** A header is read for the order id and shown to nobody. */
const aliasRow = (name: string): AllowRow =>
  HEADER.test(name)
    ? { key: name, names: [], check: order, class: 'R' }
    : { key: 'order.id', names: [], check: order, class: 'A' }

function fieldOf(
  foreign: ForeignValue,
  { row, fields }: Known,
  pipeline: Pipeline,
): Masked<string> | null {
  const known = fields.get(foreign)
  if (known !== undefined) return known
  const text = toText(foreign)
  const field = text === null ? null : accept(row, text, pipeline)
  fields.set(foreign, field)
  return field
}

function accept(row: AllowRow, text: string, pipeline: Pipeline): Masked<string> | null {
  const value = row.check.accept(plain(text), pipeline)
  if (value === null || value.length > 8_192) return null
  const { net } = row.check
  if (net !== 'none' && looksSecret(value, net === 'identifier')) return null
  return mask(value, row.class, row.shown?.(value))
}

/** Numbers arrive as text and texts as numbers; an array of one, also as JSON, counts as its element. */
export function toText(foreign: ForeignValue): string | null {
  if (foreign === null) return null
  if (Array.isArray(foreign)) return foreign.length === 1 ? toText(foreign[0] ?? null) : null
  const text = String(foreign)
  const only = /^\[\s*("(?:[^"\\]|\\.)*"|[0-9]+)\s*\]$/.exec(text)?.[1]
  if (only === undefined) return text
  return only.startsWith('"') ? parseText(only) : only
}

function parseText(json: string): string | null {
  try {
    return String(JSON.parse(json))
  } catch {
    // A text that only looks like JSON is a value no field has.
    return null
  }
}
