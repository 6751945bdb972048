import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultProxy } from '@/demo/faults/mode'
import { type Answer, ask, cookieFor } from '@/e2e/http/asked'
import { query } from '@/e2e/http/demo'
import { openHouse } from '@/e2e/http/house'
import { atMost, type Figure, median, note } from './figure'

/** Each source by its name, and how long it may be waited for; a database also to be connected to. */
const TIMEOUT_MS = {
  'orders:shop': 2_500,
  'orders:mes': 2_500,
  jaeger: 4_000,
  rabbitmq: 2_000,
  s3: 2_000,
  prometheus: 2_000,
} as const
type Source = keyof typeof TIMEOUT_MS

/** A timer rings late while others are at work. */
const LATE = 1.1
const OPEN_SHARE_MS = 50
/** Three times as many failures in a row as open a breaker. */
const PAGES = 15
/** Longer than anything is shared, and than a breaker stays open. */
const FORGOTTEN_MS = 12_000

type Report = { readonly source: string; readonly reason: string | null; readonly tookMs: number }

/** What a source that swallows every question costs a page: until its breaker opens, and after. */
export async function measureOutages(): Promise<readonly Figure[]> {
  const house = await openHouse({ name: 'bench-down', beside: true })
  const cookie = await cookieFor({ roles: ['support'] })
  const ids = await ordersWithFiles()
  const open = async () => {
    const answer = await ask(`/api/orders/${ids.next().value}/journey`, {
      cookie,
      at: house.baseUrl,
    })
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text.slice(0, 300)}`)
    return answer
  }
  const proxies: Readonly<Record<string, FaultProxy>> = {
    ...{ 'orders:shop': house.shop, 'orders:mes': house.mes, jaeger: house.jaeger },
    ...house.beside,
  }
  try {
    for (let turn = 0; turn < 10; turn += 1) await open()
    const figures: Figure[] = []
    for (const source of Object.keys(TIMEOUT_MS) as Source[]) {
      await sleep(FORGOTTEN_MS)
      const whole = await several(open, 7)
      const sound = median(whole.map(({ ms }) => ms))
      proxies[source]?.set('blackhole')
      await sleep(FORGOTTEN_MS)
      const hurt = await several(open, PAGES)
      proxies[source]?.set('up')
      figures.push(...toFigures(source, sound, hurt))
    }
    return figures
  } finally {
    await house.close()
  }
}

async function several(open: () => Promise<Answer>, count: number): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  while (answers.length < count) answers.push(await open())
  return answers
}

function toFigures(source: Source, sound: number, hurt: readonly Answer[]): readonly Figure[] {
  const told = hurt.map((answer) => ({ ms: answer.ms, report: reportOf(answer, source) }))
  const closed = told.filter(({ report }) => report?.reason !== 'open')
  const open = told.filter(({ report }) => report?.reason === 'open')
  const reasons = [...new Set(told.map(({ report }) => report?.reason ?? 'whole'))].join(', ')
  const costs = Math.max(...closed.map(({ ms }) => ms)) - sound
  note(`${source}: sound ${Math.round(sound)} ms; ${closed.length} pages waited (${reasons})`)
  return [
    atMost(`${source} down: a page costs more, at most`, costs, TIMEOUT_MS[source] * LATE, 'ms'),
    atMost(
      `${source} down: once its breaker is open, the source's share`,
      open.length > 0 ? Math.max(...open.map(({ report }) => report?.tookMs ?? 0)) : Number.NaN,
      OPEN_SHARE_MS,
      'ms',
    ),
    atMost(
      `${source} down: once its breaker is open, a page costs more`,
      median(open.map(({ ms }) => ms)) - sound,
      OPEN_SHARE_MS,
      'ms',
    ),
  ]
}

function reportOf({ text }: Answer, source: Source): Report | undefined {
  const { sources }: { readonly sources: readonly Report[] } = JSON.parse(text)
  return sources.find((report) => report.source === source)
}

/** Orders of the shop that have a file: every source is asked about each. They begin anew where they end. */
async function ordersWithFiles(): Promise<Iterator<string>> {
  const rows = await query<{ id: string }>(
    'demo_shop',
    `select order_no as id from shop.orders where file_key is not null and status <> 'FILE_UPLOADED'
       order by created_at desc limit 500`,
  )
  function* endless() {
    for (;;) for (const { id } of rows) yield id
  }
  return endless()
}
