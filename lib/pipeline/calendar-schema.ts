import { z } from 'zod'
import { listOf } from './fields'
import { isDate } from './local-midnight'

const HOURS = /^([01][0-9]|2[0-3]):([0-5][0-9])-(?:([01][0-9]|2[0-3]):([0-5][0-9])|(24):(00))$/

/** `09:00-13:00` as minutes after local midnight; the end may be 24:00. */
const hours = z.string().transform((text, context): [number, number] => {
  const [, fromHour, fromMinute, ...end] = HOURS.exec(text) ?? []
  const [toHour, toMinute] = end.filter((part) => part !== undefined)
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const to = Number(toHour) * 60 + Number(toMinute)
  if (from < to) return [from, to]
  context.addIssue({
    code: 'custom',
    message: "hours such as '09:00-13:00', the end after the start",
  })
  return z.NEVER
})

/** The business calendar of the file. Its hours go forward through the day and never overlap. */
export const calendarSchema = z.strictObject({
  timeZone: z.string().max(60).refine(isTimeZone, { error: 'a time zone such as Europe/Moscow' }),
  days: listOf(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), 7).min(1),
  hours: z
    .array(hours)
    .min(1)
    .max(10)
    .superRefine((spans, context) => {
      for (const [index, [from]] of spans.entries()) {
        const before = spans[index - 1]
        if (!before || before[1] <= from) continue
        context.addIssue({
          code: 'custom',
          path: [index],
          message: 'hours that begin when the ones before them have ended',
          params: { problem: 'order' },
        })
      }
    }),
  holidays: listOf(z.string().refine(isDate, { error: 'a date, 2026-01-01' }), 1_000).default([]),
})

function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    // Offsets such as +03:00 are taken by Intl, and know no summer time.
    return /^[A-Za-z]/.test(text)
  } catch {
    // Intl has no question about a zone: it only refuses.
    return false
  }
}
