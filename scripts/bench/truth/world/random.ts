/** Numbers that look thrown, and are the same for the same seed. */
export type Random = {
  readonly between: (least: number, most: number) => number
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T
  /** So many lower-case hex digits, not all of them zero. */
  readonly hex: (digits: number) => string
}

/** mulberry32: small, and good enough for what is only spread. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    between: (least, most) => least + next() * (most - least),
    pick: (choices) => choices[Math.floor(next() * choices.length)] ?? choices[0],
    hex: (digits) =>
      `1${Array.from({ length: digits - 1 }, () => Math.floor(next() * 16).toString(16)).join('')}`,
  }
}
