import type { z } from 'zod'
import { InvalidInputError } from '@/lib/errors'

/** Added by Next and its client; nobody's input. */
const NEXTS_OWN = /^(_rsc|nxtP.*|nxtI.*|__next.*)$/

/**
 * The one place where what was sent becomes what was meant. A name that two parts bring is refused.
 *
 *   path ─┐
 *   query ┼─▶ one object ─▶ schema ─▶ input
 *   body ─┘                    └─ invalid-input, naming the field
 */
export function parseInput<Input>(
  schema: z.ZodType<Input>,
  ...parts: readonly ReadonlyMap<string, unknown>[]
): Input {
  const fields = new Map<string, unknown>()
  for (const [name, value] of parts.flatMap((part) => [...part])) {
    if (NEXTS_OWN.test(name)) continue
    if (fields.has(name)) throw new InvalidInputError(name.slice(0, 80), 'Said more than once')
    fields.set(name, value)
  }
  const parsed = schema.safeParse(Object.fromEntries(fields))
  if (parsed.success) return parsed.data

  const [issue] = parsed.error.issues
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.')
  throw new InvalidInputError((field || 'input').slice(0, 80), issue?.message ?? 'Invalid input')
}
