import type { Queue } from './order'
import { random } from './random'
import { DAY, HOUR, MINUTE } from './time'

/** A time in which nobody took messages from a queue; `until: null` goes on. */
export type Incident = {
  readonly queue: Queue
  readonly from: number
  readonly until: number | null
}

/** A time in which a system answered slowly: FP-12 (mes-api, crm-api) and FP-15 (shop-api). */
export type SlowTime = {
  readonly service: 'mes-api' | 'crm-api' | 'shop-api'
  readonly from: number
  readonly until: number
}

/** What every order of one company shares. */
export type World = {
  readonly seed: string
  /** Midnight of its first day. */
  readonly origin: number
  readonly incidents: readonly Incident[]
  readonly slow: readonly SlowTime[]
  /** When MES got newer client libraries: RabbitMQ.Client 7.2 for 7.0, Npgsql 10 for 9. */
  readonly upgradeAt: number
}

const HORIZON = 400

/** Trouble made by hand. */
export type Made = { readonly incidents: readonly Incident[]; readonly slow: readonly SlowTime[] }

/** The company's history is a function of its seed, its first day, and the trouble made by hand. */
export function world(seed: string, origin: number, made: Made): World {
  const chance = random(`${seed}/world`)
  const incidents: Incident[] = [...made.incidents]
  const slow: SlowTime[] = [...made.slow]
  for (let day = 2; day < HORIZON; day += 6) {
    const from = origin + day * DAY + chance.between(13, 17) * HOUR // Not in the rush of a sale.
    const until = from + chance.between(35, 80) * MINUTE
    incidents.push({ queue: chance.chance(0.5) ? 'crm_to_mes' : 'mes_to_crm', from, until })
  }
  for (let day = 1; day < HORIZON; day += 2) {
    const from = origin + day * DAY + chance.between(9, 17) * HOUR
    const service = chance.pick(['mes-api', 'mes-api', 'shop-api', 'crm-api'] as const)
    slow.push({ service, from, until: from + chance.between(20, 70) * MINUTE })
  }
  return { seed, origin, incidents, slow, upgradeAt: origin + 10 * DAY }
}

export const isSlow = (world: World, service: string, at: number): boolean =>
  world.slow.some((time) => time.service === service && at >= time.from && at < time.until)
