/** A small deterministic source of chance: the same name always tells the same story. */
export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number
  between(from: number, to: number): number
  whole(from: number, to: number): number
  chance(share: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** Log-normal around a median: most near it, some far above. */
  around(median: number, spread: number): number
  hex(digits: number): string
}

/** sfc32, seeded by a hash of the name. */
export function random(name: string): Random {
  let [a, b, c, d] = hash(name)
  const word = (): number => {
    const t = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 8; i++) word()
  const next = () => word() / 2 ** 32
  const between = (from: number, to: number) => from + (to - from) * next()
  return {
    next,
    between,
    whole: (from, to) => Math.floor(between(from, to + 1)),
    chance: (share) => next() < share,
    pick: (from) => from[Math.floor(next() * from.length)] ?? from[0],
    around: (median, spread) =>
      median *
      Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    hex: (digits) => {
      let text = ''
      while (text.length < digits) text += word().toString(16).padStart(8, '0')
      return text.slice(0, digits)
    },
  }
}

function hash(name: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let i = 0; i < name.length; i++) {
    const k = name.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  return [a, b, c, d]
}

/** 16 or 32 hex digits that follow from a name: good enough for an id, and cheap. */
export function digest(name: string, digits: 16 | 32): string {
  const [a, b, c, d] = hash(name)
  const half = eight(a ^ (d >>> 7)) + eight(b ^ (a << 3))
  return digits === 16 ? half : half + eight(c ^ (b >>> 5)) + eight(d ^ (c << 9))
}

function eight(word: number): string {
  const mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  return (((mixed ^ (mixed >>> 13)) >>> 0) + 0x100000000).toString(16).slice(1)
}
