import 'server-only'
import type { AccessRow } from '@/lib/access/permit'
import { db } from '@/lib/db'
import { readEnv } from '@/lib/env'
import { epochMs } from '@/lib/journey/types'
import { createAuditStore } from './audit-store'
import { type AuditWriter, createAuditWriter } from './audit-writer'
import { logRefusal } from './log-refusal'
import { createSpool } from './spool'
import type { AuditEvent } from './to-entry'

// On globalThis: pages, routes and the front door hold a copy of this module each, and write one chain.
const held = globalThis as { audit?: { writer: AuditWriter; timer: NodeJS.Timeout } }

/** The process's chain. The first call begins it. */
export function audit(): AuditWriter {
  held.audit ??= begin()
  return held.audit.writer
}

/** Writes a decision of the gate down. Resolves when it is durable; throws `UnavailableError` when it cannot be. */
export const recordAccess = (row: AccessRow): Promise<void> => audit().access(row)

/** As `recordAccess`, for what goes on: what it resolves to writes the end down, and why it came. */
export const recordBeginning = (row: AccessRow): Promise<(why: string) => Promise<void>> =>
  audit().begin(row)

/** Writes down a sign-in, a sign-out, or a request that never was one. Throws as `recordAccess` does. */
export const recordEvent = (event: AuditEvent): Promise<void> => audit().event(event)

/** Ends the chain, before the process does. Later rows are refused. */
export async function stopAudit(): Promise<void> {
  if (!held.audit) return
  clearInterval(held.audit.timer)
  await held.audit.writer.stop()
}

function begin() {
  const writer = createAuditWriter({
    store: createAuditStore(db()),
    spool: createSpool(readEnv().auditSpoolFile),
    now: () => epochMs(Date.now()),
    onRefusal: logRefusal,
  })
  const timer = setInterval(() => writer.tick(), 1_000)
  timer.unref() // The audit keeps no process alive.
  return { writer, timer }
}
