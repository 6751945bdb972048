import { z } from 'zod/mini'

const shape = z.string().check(z.trim(), z.minLength(1), z.maxLength(200))

/** The order beside which a page shows its own, as its address names it; null for none, and for what can be none. */
export function toComparedOrder(named: string | null): string | null {
  const { data } = shape.safeParse(named)
  return data ?? null
}
