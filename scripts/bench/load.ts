import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Agent, request } from 'undici'
import type { House } from '@/e2e/http/house'
import { atLeast, atMost, type Figure, note } from './figure'

type Crowd = {
  readonly house: House
  readonly cookies: readonly string[]
  readonly orderIds: readonly string[]
}

const PEOPLE = 20
const WARM_S = 30
const LOAD_S = 60
const RACE_S = 8

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
  const memory = watchMemory(house.pid)
  const loaded = await loop(crowd, mixed, LOAD_S)
  const slope = memory.stop()
  note(`${PEOPLE} people, ${orderIds.length} orders, ${LOAD_S} s: ${loaded.answers} answers`)
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
      const text = await body.text()
      count.answers += 1
      if (statusCode >= 500) count.broken += 1
      else if (statusCode >= 400) count.refused += 1
      if (text.includes('"reason":"busy"')) count.busy += 1
    }
  }
  await Promise.all(Array.from({ length: PEOPLE }, (_, index) => person(index)))
  await agent.close()
  if (count.refused > 0) throw new Error(`${count.refused} of ${count.answers} were refused`)
  return count
}

/** The slope of the lows of every five seconds: what garbage has not been collected yet is no growth. */
function watchMemory(pid: number) {
  const lows: { at: number; mb: number }[] = []
  let going = true
  const watching = (async () => {
    while (going) {
      let low = Number.POSITIVE_INFINITY
      for (let sample = 0; sample < 20 && going; sample += 1) {
        low = Math.min(low, residentMb(pid))
        await sleep(250)
      }
      lows.push({ at: performance.now() / 60_000, mb: low })
    }
  })()
  return {
    stop() {
      going = false
      void watching
      return slopeOf(lows)
    },
  }
}

const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024

function slopeOf(points: readonly { readonly at: number; readonly mb: number }[]): number {
  const mean = (pick: (point: { at: number; mb: number }) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0) / points.length
  const [at, mb] = [mean((point) => point.at), mean((point) => point.mb)]
  const over = points.reduce((sum, point) => sum + (point.at - at) * (point.mb - mb), 0)
  return over / points.reduce((sum, point) => sum + (point.at - at) ** 2, 0)
}
