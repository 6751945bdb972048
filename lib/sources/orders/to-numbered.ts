import type { SystemId } from '@/lib/journey/types'
import type { NumberedOrders, OrdersAnswer } from '../answers'
import type { Found } from './database'
import { type Asked, toAnswer, toSilence } from './to-answer'

/** What one database said of a number. */
export type Finding = Asked & {
  /** null: it keeps no such numbers, or gave no answer. */
  readonly found: Found | null
  /** Why it gave none; null: it did. */
  readonly fault: string | null
}

/** The orders that all databases together have under one number. */
export function toNumbered(findings: readonly Finding[], broker: SystemId): NumberedOrders {
  const ids = new Set(findings.flatMap(({ found }) => [...(found?.records.keys() ?? [])]))
  return {
    orders: [...ids].map((orderId) => {
      const answers = findings.flatMap((finding) => answerOf(finding, orderId, broker))
      return {
        orderId,
        facts: answers.flatMap(({ facts }) => facts),
        reports: answers.flatMap(({ reports }) => reports),
      }
    }),
    silent: findings.flatMap(({ source, fault }) => (fault === null ? [] : [source])),
  }
}

function answerOf(
  { found, fault, ...asked }: Finding,
  orderId: string,
  broker: SystemId,
): readonly OrdersAnswer[] {
  if (fault !== null) return [{ facts: [], traceIds: [], reports: [toSilence(asked, fault)] }]
  if (!found) return []
  const rows = { orders: found.records.get(orderId) ?? [], changes: [], deadLetters: [] }
  return [toAnswer({ ...found, rows }, { ...asked, broker })]
}
