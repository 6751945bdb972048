import { z } from 'zod/mini'
import type { SystemNow } from '@/lib/journey/judge-systems'
import { type EpochMs, epochMs, LEVELS } from '@/lib/journey/types'

/** How the systems do now, for everybody on every page. */
export type SystemsView = {
  readonly now: EpochMs
  /** The worst first; none: none is known. */
  readonly trouble: readonly SystemNow[]
  /** Sources that could not be asked about the systems: of what they alone would tell, nothing is known. */
  readonly unseen: readonly string[]
}

const text = z.string().check(z.maxLength(300))
const instant = z.pipe(z.number(), z.transform(epochMs))

const systemsReply = z.object({
  now: instant,
  trouble: z
    .array(
      z.object({
        code: z.enum([
          'slow',
          'failing',
          'catalogue',
          'editor',
          'partner-api',
          'queue-dead',
          'queue-stuck',
          'queue-growing',
          'alarm',
          'silent',
        ]),
        level: z.enum(LEVELS),
        system: z.nullable(text),
        source: z.nullable(text),
        at: instant,
        values: z.record(text, z.union([text, z.number()])),
      }),
    )
    .check(z.maxLength(1_000)),
  unseen: z.array(text).check(z.maxLength(20)),
})

/** Throws where the answer has another shape. */
export const parseSystems = (reply: unknown): SystemsView => z.parse(systemsReply, reply)
