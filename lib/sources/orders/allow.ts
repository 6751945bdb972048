import type { Attributes, FieldClass } from '@/lib/journey/types'
import { mask } from '../mask'

type Rule = {
  readonly class: FieldClass
  readonly accepts: RegExp
  readonly shown?: (value: string) => string
}

const id = (max: number) => new RegExp(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,${max - 1}}$`)
const INTEGER = /^\d{1,16}$/

/** The allow-list of the order databases: whatever is not here, or fails its validator, exists no further in. */
const RULES: Readonly<Record<string, Rule>> = {
  partner_id: { class: 'A', accepts: id(80) },
  partner_order_no: { class: 'A', accepts: id(80) },
  customer_id: { class: 'HC', accepts: id(80) },
  seller_id: { class: 'HS', accepts: id(80) },
  operator_id: { class: 'HS', accepts: id(80) },
  actor_id: { class: 'HS', accepts: id(80) },
  price: { class: 'M', accepts: /^\d{1,15}(\.\d{1,10})?$/ },
  currency: { class: 'M', accepts: /^[A-Z]{3}$/ },
  file_bucket: { class: 'B', accepts: /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/ },
  file_key: {
    class: 'B',
    accepts: /^[A-Za-z0-9!_.'()*/-]{1,1024}$/,
    shown: (key) => key.slice(-8),
  },
  file_size: { class: 'A', accepts: INTEGER },
  file_etag: { class: 'B', accepts: /^"?[0-9a-f]{32}(-[0-9]{1,5})?"?$/ },
  model_hash: { class: 'B', accepts: id(128) },
  message_id: { class: 'B', accepts: id(255) },
  exchange: { class: 'B', accepts: id(255) },
  routing_keys: { class: 'B', accepts: /^[A-Za-z0-9._:/#*-]+(,[A-Za-z0-9._:/#*-]+)*$/ },
  traceparent: { class: 'R', accepts: /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/ },
}

/** Keeps the columns that are listed and valid, masked. Null, not kept and refused look the same from here. */
export function allow(row: Readonly<Record<string, unknown>>): Attributes {
  const kept = Object.entries(RULES).flatMap(([column, { class: fieldClass, accepts, shown }]) => {
    const value = row[column]
    if (typeof value !== 'string' || !accepts.test(value)) return []

    return [[column, mask(value, fieldClass, shown?.(value))] as const]
  })
  return Object.fromEntries(kept)
}
