import fs from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { FAILURES } from './order'
import { DAY, dayOf } from './time'

const incident = z.object({
  queue: z.enum(['crm_to_mes', 'mes_to_crm']),
  from: z.number(),
  until: z.number().nullable(),
})
const slowTime = z.object({
  service: z.enum(['mes-api', 'crm-api', 'shop-api']),
  from: z.number(),
  until: z.number(),
})
const injected = z.object({
  arrival: z.object({
    number: z.number().int(),
    at: z.number(),
    channel: z.enum(['shop', 'partner']),
    sale: z.boolean(),
  }),
  flaw: z
    .object({ id: z.enum(FAILURES), variant: z.string(), healsAfter: z.number().nullable() })
    .nullable(),
  incidents: z.array(incident).readonly(),
})

/** What is asked of the living company, one line each, by `demo/inject.ts`. */
export const wish = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('order'),
    order: injected,
    slow: z.array(slowTime),
    /** Its traces are gone, as those of an order that is long over. */
    untraced: z.boolean().optional(),
    /** What its spans so far say of the time on one host. */
    skew: slowTime.pick({ service: true }).extend({ ms: z.number().int() }).optional(),
  }),
  z.object({ kind: z.literal('stop-queue'), incident }),
  z.object({ kind: z.literal('heal'), at: z.number() }),
])
export type Wish = z.infer<typeof wish>

const memory = z.object({
  seed: z.string(),
  origin: z.number(),
  /** Everything up to here is written. */
  upTo: z.number(),
  incidents: z.array(incident),
  slow: z.array(slowTime),
  injected: z.array(injected),
  /** How many wishes have been granted. */
  granted: z.number().int(),
})
/** What the company remembers between two starts. */
export type Memory = z.infer<typeof memory>

const FILE = 'company.json'
const WISHES = 'wishes.jsonl'

/** The memory of an earlier start, or a new one whose history begins `days` before now. */
export function recall(dataDir: string, seed: string, now: number, days: number): Memory {
  const known = readMemory(dataDir)
  if (known) return known
  const origin = dayOf(now) - days * DAY
  return { seed, origin, upTo: origin - 1, incidents: [], slow: [], injected: [], granted: 0 }
}

export function readMemory(dataDir: string): Memory | null {
  const file = path.join(dataDir, FILE)
  return fs.existsSync(file) ? memory.parse(JSON.parse(fs.readFileSync(file, 'utf8'))) : null
}

/** Written beside and renamed: a kill leaves the old one or the new one, never half of it. */
export function keep(dataDir: string, content: Memory): void {
  writeWhole(path.join(dataDir, FILE), JSON.stringify(content))
}

export function writeWhole(file: string, content: string): void {
  fs.writeFileSync(`${file}.new`, content, { mode: 0o600 })
  fs.renameSync(`${file}.new`, file)
}

export function makeWish(dataDir: string, wished: Wish): void {
  fs.appendFileSync(path.join(dataDir, WISHES), `${JSON.stringify(wished)}\n`, { mode: 0o600 })
}

/** All wishes so far, whole lines only. */
export function readWishes(dataDir: string): Wish[] {
  const file = path.join(dataDir, WISHES)
  if (!fs.existsSync(file)) return []
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line) => wish.parse(JSON.parse(line)))
}
