import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { House } from '@/e2e/http/house'
import { atLeast, atMost, type Figure, note } from './figure'
import { heldMemory } from './heap'

type Crowd = {
  readonly house: House
  readonly cookies: readonly string[]
  readonly orderIds: readonly string[]
}

const PEOPLE = 20
const WARM_S = 30
const LOAD_S = 60
const RACE_S = 8
/** What is shared has been let go. */
const SHARED_MS = 6_000

type Count = { answers: number; refused: number; broken: number; busy: number }

/** Twenty people in a closed loop: how many look-ups beside a bare route, and what it does to the process. */
export async function measureLoad(crowd: Crowd): Promise<readonly Figure[]> {
  const { house, orderIds } = crowd
  const order = (turn: number) => `/api/orders/${orderIds[turn % orderIds.length]}/journey`
  const mixed = (turn: number) =>
    turn % 10 === 0
      ? '/'
      : turn % 3 === 0
        ? `/orders/${orderIds[turn % orderIds.length]}`
        : order(turn)

  await loop(crowd, order, 3)
  const bare = await loop(crowd, () => '/healthz', RACE_S)
  const lookups = await loop(crowd, order, RACE_S)
  note(
    `a bare route ${Math.round(bare.answers / RACE_S)} /s, look-ups ${Math.round(lookups.answers / RACE_S)} /s`,
  )

  await loop(crowd, mixed, WARM_S)
  await sleep(SHARED_MS)
  const before = await heldMemory(house)
  const loaded = await loop(crowd, mixed, LOAD_S)
  await sleep(SHARED_MS)
  const slope = ((await heldMemory(house)) - before) / (LOAD_S / 60)
  note(
    `${PEOPLE} people, ${orderIds.length} orders, ${LOAD_S} s: ${loaded.answers} answers; held before: ${Math.round(before)} MB`,
  )
  return [
    atLeast('look-ups per second ÷ a bare route, audit on', lookups.answers / bare.answers, 0.3),
    atMost('answers that failed (5xx) under load', loaded.broken + lookups.broken, 0, 'failures'),
    atMost('sources busy under load', (100 * loaded.busy) / loaded.answers, 1, '%'),
    atMost('memory slope under load', slope, 1, 'MB/min'),
  ]
}

async function loop(
  { house, cookies }: Crowd,
  toPath: (turn: number) => string,
  seconds: number,
): Promise<Count> {
  const count: Count = { answers: 0, refused: 0, broken: 0, busy: 0 }
  const until = performance.now() + seconds * 1_000
  const agent = new Agent({ connections: PEOPLE })
  let turn = 0
  const person = async (index: number) => {
    while (performance.now() < until) {
      turn += 1
      const { statusCode, body } = await request(house.baseUrl + toPath(turn), {
        dispatcher: agent,
        headers: { cookie: cookies[index % cookies.length] ?? '' },
      })
      take(count, statusCode, await body.text())
    }
  }
  await Promise.all(Array.from({ length: PEOPLE }, (_, index) => person(index)))
  await agent.close()
  if (count.refused > 0) throw new Error(`${count.refused} of ${count.answers} were refused`)
  return count
}

function take(count: Count, status: number, text: string): void {
  count.answers += 1
  if (status >= 500) count.broken += 1
  else if (status >= 400) count.refused += 1
  if (text.includes('"reason":"busy"')) count.busy += 1
}
