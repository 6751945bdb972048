import { afterBusiness, DAY, HOUR, MINUTE, type Week } from '../world/time'

/** What the jeweller is, as its own people would say it: statuses, whose they are, and how long they may take. */
export const RANK: Readonly<Record<string, number>> = {
  INITIATED: 1,
  FILE_UPLOADED: 2,
  SUBMITTED: 3,
  PRICE_CALCULATED: 4,
  MANUFACTURING_APPROVED: 5,
  MANUFACTURING_STARTED: 6,
  MANUFACTURING_COMPLETED: 7,
  PACKAGING: 8,
  SHIPPED: 9,
  CLOSED: 10,
}

export const rankOf = (status: string): number => RANK[status] ?? Number.NaN

/** Who makes an order enter a status; a status entered going back is production's release. */
export function ownerOf(status: string, channel: string, before?: string): string {
  if (status === 'MANUFACTURING_APPROVED' && before === 'MANUFACTURING_STARTED') return 'mes'
  if (rankOf(status) < 3) return 'shop'
  if (status === 'SUBMITTED') return channel === 'shop' ? 'shop' : 'mes'
  return status === 'MANUFACTURING_APPROVED' || status === 'CLOSED' ? 'crm' : 'mes'
}

export type Waiting = 'customer' | 'system' | 'seller' | 'operator' | 'carrier' | 'nobody'

export function waitsFor(status: string): Waiting {
  if (rankOf(status) < 3) return 'customer'
  if (status === 'SUBMITTED') return 'system'
  if (status === 'PRICE_CALCULATED') return 'seller'
  if (status === 'SHIPPED') return 'carrier'
  return status === 'CLOSED' ? 'nobody' : 'operator'
}

const WEEK: Week = {
  days: [1, 2, 3, 4, 5],
  hours: [
    [9, 13],
    [14, 18],
  ],
  offset: 3 * HOUR,
}

/** From when on an order that entered a status then is late in it. */
export function lateFrom(status: string, since: number): number {
  switch (status) {
    case 'SUBMITTED':
      return since + 35 * MINUTE
    case 'PRICE_CALCULATED':
    case 'MANUFACTURING_APPROVED':
    case 'MANUFACTURING_COMPLETED':
    case 'PACKAGING':
      return afterBusiness(since, 8 * HOUR, WEEK)
    case 'MANUFACTURING_STARTED':
      return since + 10 * DAY
    case 'SHIPPED':
      return since + 7 * DAY
    default:
      return Number.POSITIVE_INFINITY
  }
}

export const WARN = 5 * MINUTE
export const CRITICAL = 10 * MINUTE
export const INGEST = MINUTE

export const DATABASE: Readonly<Record<string, string>> = { shop: 'shop', crm: 'shop', mes: 'mes' }
export const SERVICE: Readonly<Record<string, string>> = {
  shop: 'shop-api',
  crm: 'crm-api',
  mes: 'mes-api',
}

/** One system telling another of a change. */
export type Way = {
  readonly from: string
  readonly to: string
  readonly queue: string | null
  /** How long the receiver may rightly be at work on something else. */
  readonly longest: number
}

const WAYS = {
  'shop>crm': { from: 'shop', to: 'crm', queue: null, longest: MINUTE },
  'crm>mes': { from: 'crm', to: 'mes', queue: 'crm_to_mes', longest: 30 * MINUTE },
  'mes>crm': { from: 'mes', to: 'crm', queue: 'mes_to_crm', longest: MINUTE },
} as const satisfies Record<string, Way>

/** Who must learn of a status, one after the other. */
export function waysOf(status: string, owner: string, channel: string): readonly Way[] {
  if (status === 'SUBMITTED') return channel === 'shop' ? [WAYS['shop>crm'], WAYS['crm>mes']] : []
  if (rankOf(status) < 3 || status === 'CLOSED') return []
  return owner === 'crm' ? [WAYS['crm>mes']] : [WAYS['mes>crm']]
}
