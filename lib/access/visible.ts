import crypto from 'node:crypto'
import type { Attributes, Masked } from '@/lib/journey/types'
import type { Form, Policy } from './policy'
import type { Viewer } from './viewer'

/** What decides how a field leaves: who asks, under which policy, hashed with which key. */
export type Eye = { readonly viewer: Viewer; readonly policy: Policy; readonly hashKey: string }

/** Attributes of a span, or of its events, as this viewer may see them. */
export const visibleOnSpan = (attributes: Attributes, { viewer, policy, hashKey }: Eye) =>
  visible(attributes, hashKey, (field) => policy.formFor(viewer, field.class))

/** Attributes of a database's fact. Its class A is evidence, not telemetry, and goes with the evidence. */
export const visibleOnRecord = (attributes: Attributes, { viewer, policy, hashKey }: Eye) =>
  visible(attributes, hashKey, (field) => {
    if (field.class !== 'A') return policy.formFor(viewer, field.class)
    return policy.mayInFull(viewer, 'evidence.view') ? 'value' : 'nothing'
  })

function visible(
  attributes: Attributes,
  hashKey: string,
  formOf: (field: Masked<string>) => Form,
): Readonly<Record<string, string>> {
  const seen = Object.entries(attributes).flatMap(([key, field]) => {
    const form = formOf(field)
    if (form === 'nothing') return []
    const text = form === 'hash' ? toHash(field.value, hashKey) : (field.shown ?? field.value)
    return [[key, text] as const]
  })
  return Object.fromEntries(seen)
}

/** Keyed, because a plain hash of a short id is undone by trying them all. */
const toHash = (value: string, hashKey: string): string =>
  crypto.createHmac('sha256', hashKey).update(value).digest('hex').slice(0, 8)
