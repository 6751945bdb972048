import type { ForeignValue } from '../allow'

/**
 * The pairs of one span as a map, laid over those `known` before them; null where one of them is no pair. By
 * hand, for there are millions. `toValue` reads a value as its dialect writes it.
 */
export function readTags(
  pairs: readonly unknown[] | null | undefined,
  toValue: (foreign: unknown) => ForeignValue,
  known: Iterable<readonly [string, ForeignValue]> = [],
): Map<string, ForeignValue> | null {
  const read = new Map(known)
  for (const pair of pairs ?? []) {
    if (typeof pair !== 'object' || pair === null) return null
    const { key, value }: { readonly key?: unknown; readonly value?: unknown } = pair
    if (typeof key !== 'string' || key.length > 512) return null
    read.set(key, toValue(value))
  }
  return read
}
