/** Remembers the last answers about one thing: many look at the same moment, and see the same. */
export function createOnce<K extends object, V>() {
  let last: { readonly of: K; readonly values: Map<string, V> } | null = null
  return (of: K, key: string, find: () => V): V => {
    if (last?.of !== of) last = { of, values: new Map() }
    const known = last.values.get(key)
    if (known !== undefined) return known
    const found = find()
    last.values.set(key, found)
    return found
  }
}
