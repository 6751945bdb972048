import { z } from 'zod'
import { toDuration, toDurationText } from './duration'
import { isDate } from './local-midnight'

const word = (pattern: RegExp, allowed: string) => z.string().regex(pattern, { error: allowed })

/** A system, channel or component: it stands in addresses, and in `from->to`. */
export const name = word(
  /^[A-Za-z]([A-Za-z0-9_-]{0,38}[A-Za-z0-9])?$/,
  'a name of 1 to 40 letters, digits, - and _ that begins with a letter',
)

/** A database: upper-cased, it becomes a part of an environment variable. */
export const databaseName = word(
  /^[a-z][a-z0-9_]{0,29}$/,
  'a name of 1 to 30 lower-case letters, digits and _ that begins with a letter',
)

/** A status as the order databases write it, in any script. */
export const statusId = word(
  /^[\p{L}\p{N}]([\p{L}\p{M}\p{N}_ .:-]{0,58}[\p{L}\p{M}\p{N}_])?$/u,
  'a status of 1 to 60 letters, digits, _ . : - and inner spaces',
)

/** A name that another product gave: a service, queue, exchange, attribute. */
export const foreignName = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => text.trim() === text, { error: 'a name without blanks around it' })

/** A text in both languages. */
export const label = z.strictObject(
  { en: z.string().trim().min(1).max(80), ru: z.string().trim().min(1).max(80) },
  { error: ({ code }) => (code === 'invalid_type' ? '{ en: a text, ru: a text }' : undefined) },
)

/** A bounded regular expression with Unicode rules, compiled. */
export const regex = z
  .string()
  .min(1)
  .max(300)
  .transform((text, context) => {
    try {
      return new RegExp(text, 'u')
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : 'it does not compile'
      context.addIssue({ code: 'custom', message: `a regular expression (${reason})` })
      return z.NEVER
    }
  })

const duration = (allowed: string, accepts: (clock: 'wall' | 'business') => boolean) =>
  z.string({ error: allowed }).transform((text, context) => {
    const found = toDuration(text)
    if (found && accepts(found.clock)) return found
    context.addIssue({ code: 'custom', message: allowed })
    return z.NEVER
  })

const anyDuration = duration(
  'a whole number with its unit: 90s, 35m, 12h, 3d by the wall clock, 8bh in business hours',
  () => true,
)

/** A duration that only the wall clock can measure. */
export const wallDuration = duration(
  'a whole number with its unit: 90s, 35m, 12h or 3d',
  (clock) => clock === 'wall',
)

/** Dates only, or an instant with its offset. */
const validFrom = z
  .string()
  .max(40)
  .refine((text) => isDate(text) || isInstant(text), {
    error: "a date in quotes or not, 2026-01-01, or an instant, '2026-01-01T09:00:00Z'",
  })

const isInstant = (text: string) =>
  z.iso.datetime({ offset: true }).safeParse(text).success && !Number.isNaN(Date.parse(text))

const limit = z
  .strictObject({ validFrom, warn: anyDuration, critical: anyDuration })
  .superRefine(({ warn, critical }, context) => {
    if (warn.clock !== critical.clock || warn.ms <= critical.ms) return
    context.addIssue({
      code: 'custom',
      path: ['warn'],
      message: `at most the critical limit, ${toDurationText(critical)}`,
      params: { problem: 'order' },
    })
  })

/** Any order in the file; two entries that begin together would leave it open which one counts. */
export const limits = z
  .array(limit)
  .max(50)
  .superRefine((entries, context) => {
    for (const [index, { validFrom }] of entries.entries()) {
      if (entries.findIndex((entry) => entry.validFrom === validFrom) === index) continue
      context.addIssue({
        code: 'custom',
        path: [index, 'validFrom'],
        message: 'another beginning than the entries before it',
        params: { problem: 'duplicate' },
      })
    }
  })

/** A map whose keys the file chooses. */
export const mapOf = <K extends z.ZodString, V extends z.ZodType>(key: K, value: V, most: number) =>
  z.record(key, value).refine((map) => Object.keys(map).length <= most, {
    error: `at most ${most} keys`,
  })

/** A list in which nothing stands twice. */
export const listOf = <T extends z.ZodType<string>>(item: T, most: number) =>
  z
    .array(item)
    .max(most)
    .superRefine((items, context) => {
      for (const [index, value] of items.entries()) {
        if (items.indexOf(value) === index) continue
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'each only once',
          params: { problem: 'duplicate' },
        })
      }
    })
