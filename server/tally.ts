/** Counts what is held per key, and says when a key has enough. */
export function createTally(limit: number) {
  const counts = new Map<string, number>()

  return {
    /** False: the key holds as many as it may, and nothing was counted. */
    take(key: string): boolean {
      const count = counts.get(key) ?? 0
      if (count >= limit) return false
      counts.set(key, count + 1)
      return true
    },
    release(key: string): void {
      const count = (counts.get(key) ?? 0) - 1
      if (count > 0) counts.set(key, count)
      else counts.delete(key)
    },
  }
}
