import 'server-only'
import type { OrderPermit } from '@/lib/access/permit'
import type { Fact } from '@/lib/journey/fact'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import type {
  OrdersAnswer,
  OrdersSource,
  PartnerModel,
  PartnerNumber,
  SameOrders,
} from '@/lib/sources/answers'

/** Other orders that may be this one a second time: by its number at its partner, else by its model; null where no record has either. */
export async function readSameOrder(
  orders: OrdersSource,
  permit: OrderPermit,
  { facts }: OrdersAnswer,
  pipeline: Pipeline,
): Promise<SameOrders | null> {
  const sent = findPartnerNumber(facts)
  if (sent) return { by: 'number', ...(await orders.readSameNumber(permit, sent)) }
  const model = findPartnerModel(facts, pipeline.sameOrderWithinMs)
  return model && { by: 'model', ...(await orders.readSameModel(permit, model)) }
}

/** The number by which its partner knows the order, where a record has both. */
function findPartnerNumber(facts: readonly Fact[]): PartnerNumber | null {
  for (const { attributes } of facts) {
    const [partner, number] = [attributes.partner_id, attributes.partner_order_no]
    if (partner && number) return { partner: partner.value, number: number.value }
  }
  return null
}

/** The model that the partner ordered, where a record has both, and the time around it. */
function findPartnerModel(facts: readonly Fact[], withinMs: number): PartnerModel | null {
  const rows = facts.filter((fact) => fact.kind === 'row')
  const created = Math.min(...rows.map(({ createdAt }) => createdAt))
  for (const { attributes } of rows) {
    const [partner, model] = [attributes.partner_id, attributes.model_hash]
    if (!partner || !model) continue
    const made = { from: epochMs(created - withinMs), until: epochMs(created + withinMs) }
    return { partner: partner.value, model: model.value, made }
  }
  return null
}
