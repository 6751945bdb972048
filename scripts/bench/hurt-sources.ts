import type { Mode } from '@/demo/faults/mode'
import { FAULTS, type Hurt, hurt, openWarmHouse, readyCaller, type Source } from '@/e2e/http/hurt'
import { atMost, type Figure, note } from './figure'

/** A source that answers at once, if wrongly, costs a second at most; one that keeps silent, its own time limit and a little. */
const AT_ONCE_MS = 1_000
const SILENT: readonly Mode[] = ['slow', 'blackhole', 'drip', 'huge']
const SILENT_MS: Readonly<Record<Source, number>> = { jaeger: 4_600, shop: 3_000, mes: 3_000 }
const OPEN_MS = 400
const OPEN_SHARE_MS = 50
const DATABASE_BACK_MS = 5_000

/** Every fault of every source, one after the other, with twenty people at each. */
export async function* measureFaults(): AsyncGenerator<Figure> {
  const caller = await readyCaller()
  const house = await openWarmHouse(caller, 'bench-faults')
  try {
    for (const source of ['jaeger', 'shop', 'mes'] as const)
      for (const mode of FAULTS) {
        const { healed } = await hurt(caller, house, source, mode)
        yield* toFigures(await healed)
      }
  } finally {
    await house.close()
  }
}

function toFigures({ source, mode, wrong, reasons, ...took }: Hurt): readonly Figure[] {
  if (wrong.length > 0) note(`${source} ${mode}: ${wrong.join('; ')}`)
  note(`${source} ${mode}: ${reasons.join(', ')}`)
  const name = `${source} ${mode}`
  const limit = SILENT.includes(mode) ? SILENT_MS[source] : AT_ONCE_MS
  return [
    atMost(`${name}: wrong answers`, wrong.length, 0, 'failures'),
    atMost(`${name}: p95 while nothing is noticed`, took.p95, limit, 'ms'),
    atMost(`${name}: p95 while the breaker refuses`, took.openP95, OPEN_MS, 'ms'),
    atMost(`${name}: the source's share of that`, took.openShare, OPEN_SHARE_MS, 'ms'),
    ...(source === 'jaeger'
      ? []
      : [atMost(`${name}: read again after`, took.healedMs, DATABASE_BACK_MS, 'ms')]),
  ]
}
