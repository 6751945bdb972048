import { z } from 'zod'
import { logNotice } from '@/lib/log-error'

const EVERY_MS = 60_000

const report = z.object({
  'csp-report': z.object({
    'effective-directive': z
      .string()
      .max(40)
      .regex(/^[a-z-]+$/)
      .optional(),
    'violated-directive': z.string().max(200).optional(),
    disposition: z.enum(['enforce', 'report']).optional(),
  }),
})

// On globalThis: at most one line a minute, whichever copy of this module writes it.
const held = globalThis as { cspReportedAt?: number }

/** Logs the directive that a browser enforced, at most once a minute; what is no report is dropped. */
export function logCspReport(text: string, now = Date.now()): void {
  if (now - (held.cspReportedAt ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return
  const parsed = report.safeParse(parse(text))
  if (!parsed.success) return

  held.cspReportedAt = now
  const { 'effective-directive': effective, 'violated-directive': violated } =
    parsed.data['csp-report']
  const directive = effective ?? violated?.split(' ', 1)[0]?.replaceAll(/[^a-z-]/g, '')
  logNotice('csp-violation', { directive: directive ?? 'unknown' })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // Anybody may post anything here.
  }
}
