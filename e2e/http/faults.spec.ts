// Long because a fault, a lock and a crowd are judged by the same few questions.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@playwright/test'
import pg from 'pg'
import type { Mode } from '@/demo/faults/mode'
import { takeTurn } from '../turn'
import { type Answer, ask, cookieFor } from './asked'
import { databaseUrl } from './demo'
import { openHouse } from './house'
import {
  type Caller,
  FAULTS,
  type Hurt,
  hurt,
  openWarmHouse,
  readyCaller,
  refusalsOf,
  reportOf,
  type Source,
} from './hurt'

let caller: Caller
test.beforeAll(async () => {
  caller = await readyCaller()
})

const LANES = 3
/** Between twenty that come at once: what is healthy must answer in time, beside the other suites. */
const APART_MS = 50

/** Each mode of the trace store, and of one database between them: never both, for one of them must know the order. */
const cellsOf = (lane: number): readonly (readonly [Source, Mode])[] =>
  FAULTS.filter((_mode, at) => at % LANES === lane).flatMap((mode): [Source, Mode][] => [
    ['jaeger', mode],
    [lane % 2 ? 'shop' : 'mes', mode],
  ])

test('every fault of every source is a named blind spot', async () => {
  test.setTimeout(300_000)
  // Side by side, because most of it is waiting for breakers to try again.
  const lanes = await Promise.all(Array.from({ length: LANES }, (_, lane) => hurtOneByOne(lane)))
  for (const { source, mode, reasons, wrong } of lanes.flatMap(({ hurts }) => hurts))
    expect.soft(wrong, `${source} ${mode}: ${reasons.join(', ')}`).toEqual([])
  // Nothing was left unhandled, and no log line quotes an answer.
  for (const { log } of lanes) expect(log).not.toMatch(/unhandled|TypeError|RangeError|ORD-\d/i)
})

async function hurtOneByOne(lane: number) {
  const house = await openWarmHouse(caller, `faults-${lane}`)
  const healing = new Map<Source, Promise<Hurt>>()
  const all: Promise<Hurt>[] = []
  try {
    for (const [source, mode] of cellsOf(lane)) {
      // One of the databases must know the order, so both are whole before anything else is hurt.
      await Promise.all([healing.get(source), healing.get('shop'), healing.get('mes')])
      const { healed } = await hurt(caller, house, source, mode, APART_MS)
      healing.set(source, healed)
      all.push(healed)
    }
    return { hurts: await Promise.all(all), log: house.readLog() }
  } finally {
    await house.close()
  }
}

test('a page beside a dead trace store is drawn, and names it', async () => {
  const house = await openHouse({ name: 'page' })
  try {
    house.jaeger.set('down')
    const [id = ''] = caller.takeIds(1)
    const page = await ask(`/orders/${id}`, { cookie: caller.cookie, at: house.baseUrl })
    expect(page.status, id).toBe(200)
    expect(page.text).toContain('</html>')
    expect(page.text).toContain('order-title')
    expect(page.text).toMatch(/\\"source\\":\\"jaeger\\",\\"state\\":\\"missing\\"/)

    house.shop.set('down')
    house.mes.set('down')
    const nowhere = await ask('/api/orders/ORD-99999998/journey', {
      cookie: caller.cookie,
      at: house.baseUrl,
    })
    expect(nowhere.status).toBe(503)
    expect(nowhere.headers['retry-after']).toBe('5')
    const { silent } = JSON.parse(nowhere.text)
    expect(silent.toSorted()).toEqual(['jaeger', 'orders:mes', 'orders:shop'])
    const drawn = await ask('/orders/ORD-99999998', { cookie: caller.cookie, at: house.baseUrl })
    expect(drawn.status).toBe(503)
    expect(drawn.text.match(/<li class="level-breach /g)).toHaveLength(3) // One for each that is silent.
    // One scope that nothing can check is 503, too, never an answer.
    const scoped = await cookieFor({ roles: ['support'], scope: { partner: 'partner-nord' } })
    const unchecked = await ask(`/api/orders/${id}/journey`, { cookie: scoped, at: house.baseUrl })
    expect(unchecked.status).toBe(503)
  } finally {
    await house.close()
  }
})

test('an order database behind a lock is named as late', async () => {
  const house = await openHouse({ name: 'lock' })
  try {
    for (const id of caller.takeIds(3)) await caller.open(house, id)
    // Four at once: their two questions each fill the eight places, and nobody has to wait for one.
    const answers = await whileLocked('mes.orders', () =>
      Promise.all(caller.takeIds(4).map((id) => caller.open(house, id))),
    )
    expect(refusalsOf(answers)).toEqual([])
    expect(reportOf(answers[0] as Answer, 'mes')).toMatchObject({
      state: 'missing',
      reason: 'timeout',
    })
  } finally {
    await house.close()
  }
})

/** Nobody reads the table while the work runs. */
async function whileLocked<T>(table: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl('demo_mes') })
  await client.connect()
  try {
    await client.query(`begin; lock table ${table} in access exclusive mode`)
    return await work()
  } finally {
    await client.end()
  }
}

/** For as long an answer is shared. */
const SHARED_MS = 5_000

test.describe('many at once', () => {
  test.skip(process.platform !== 'linux', 'needs many loopback addresses')
  let endTurn = async () => {}
  test.beforeAll(async () => {
    test.setTimeout(120_000) // As long as a test of a page may take, and more.
    endTurn = await takeTurn('alone')
  })
  test.afterAll(() => endTurn())

  test('300 look-ups with a slow trace store: no 5xx, never more than 8 in flight', async () => {
    test.setTimeout(60_000)
    const house = await openHouse({ name: 'crowd', severity: { slowMs: 500 } })
    try {
      for (const id of caller.takeIds(3)) await caller.open(house, id)
      house.calls.reset()
      house.jaeger.set('slow')
      const answers = await Promise.all(
        caller.takeIds(300).map(async (id, at) => {
          await sleep(at * 5) // The proxies before the databases run in this very process.
          return caller.open(house, id, `127.4.0.${(at % 10) + 1}`)
        }),
      )
      const turned = answers.filter(({ status }) => status !== 200).length
      expect(house.calls.seen.most).toBeLessThanOrEqual(8)
      const reports = answers
        .filter(({ status }) => status === 200)
        .map((answer) => reportOf(answer, 'jaeger'))
      const busy = reports.filter((report) => report?.reason === 'busy').length
      process.stdout.write(
        `300 look-ups: ${turned} turned away, slowest ${Math.round(Math.max(...answers.map(({ ms }) => ms)))} ms, ${busy} busy, most in flight ${house.calls.seen.most}\n`,
      )
      expect(refusalsOf(answers)).toEqual([])
      expect(busy).toBeGreaterThan(0)
    } finally {
      await house.close()
    }
  })

  test('500 at once for one order: the calls of one look-up', async () => {
    test.setTimeout(60_000)
    const house = await openHouse({ name: 'herd' })
    try {
      for (const id of caller.takeIds(3)) await caller.open(house, id)
      const [order = ''] = caller.takeIds(1)
      house.calls.reset()
      await caller.open(house, order)
      const alone = house.calls.seen.calls
      await sleep(SHARED_MS + 200)
      house.calls.reset()
      const cookies = await Promise.all(
        Array.from({ length: 20 }, () => cookieFor({ roles: ['support'] })),
      )
      const began = performance.now()
      const answers = await Promise.all(
        Array.from({ length: 500 }, (_, at) =>
          ask(`/api/orders/${order}/journey`, {
            cookie: cookies[at % 20] ?? '',
            at: house.baseUrl,
            from: `127.5.0.${(at % 20) + 1}`,
            headers: { 'x-background': '1' },
          }),
        ),
      )
      expect(refusalsOf(answers)).toEqual([])
      process.stdout.write(
        `500 at once: ${house.calls.seen.calls} calls, alone ${alone}; slowest ${Math.round(Math.max(...answers.map(({ ms }) => ms)))} ms\n`,
      )
      // Whoever comes when what is shared has been forgotten asks for all after him.
      const readings = 1 + Math.floor((performance.now() - began) / SHARED_MS)
      expect(house.calls.seen.calls).toBeLessThanOrEqual(alone * readings)
    } finally {
      await house.close()
    }
  })
})
