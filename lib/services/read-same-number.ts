import 'server-only'
import type { OrderPermit } from '@/lib/access/permit'
import type { Fact } from '@/lib/journey/fact'
import type {
  NumberedOrders,
  OrdersAnswer,
  OrdersSource,
  PartnerNumber,
} from '@/lib/sources/answers'

/** The other orders that its partner calls by the same number; null where no record has such a number. */
export async function readSameNumber(
  orders: OrdersSource,
  permit: OrderPermit,
  { facts }: OrdersAnswer,
): Promise<NumberedOrders | null> {
  const sent = findPartnerNumber(facts)
  return sent && orders.readSameNumber(permit, sent)
}

/** The number by which its partner knows the order, where a record has both. */
function findPartnerNumber(facts: readonly Fact[]): PartnerNumber | null {
  for (const { attributes } of facts) {
    const [partner, number] = [attributes.partner_id, attributes.partner_order_no]
    if (partner && number) return { partner: partner.value, number: number.value }
  }
  return null
}
