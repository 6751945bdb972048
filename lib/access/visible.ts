import crypto from 'node:crypto'
import type { Attributes, FieldClass } from '@/lib/journey/types'
import type { Form, Policy } from './policy'
import type { Viewer } from './viewer'

/** What decides how a field leaves: who asks, under which policy. */
export type Eye = {
  readonly viewer: Viewer
  readonly policy: Policy
  readonly formOnSpan: (fieldClass: FieldClass) => Form
  readonly formOnRecord: (fieldClass: FieldClass) => Form
  readonly hash: (value: string) => string
}

/** The eye of one viewer, for one journey: what it decides for thousands of fields it decides once. */
export const openEye = (viewer: Viewer, policy: Policy, hashKey: string): Eye => ({
  viewer,
  policy,
  formOnSpan: once((fieldClass) => policy.formFor(viewer, fieldClass)),
  // Class A of a database is evidence, not telemetry, and goes with the evidence.
  formOnRecord: once((fieldClass) => {
    if (fieldClass !== 'A') return policy.formFor(viewer, fieldClass)
    return policy.mayInFull(viewer, 'evidence.view') ? 'value' : 'nothing'
  }),
  hash: once((value) => toHash(value, hashKey)),
})

function once<Key extends string, T>(decide: (key: Key) => T): (key: Key) => T {
  const decided = new Map<Key, T>()
  return (key) => {
    const known = decided.get(key)
    if (known !== undefined) return known
    const answer = decide(key)
    decided.set(key, answer)
    return answer
  }
}

/** Attributes of a span, or of its events, as this viewer may see them. */
export const visibleOnSpan = (attributes: Attributes, eye: Eye) =>
  visible(attributes, eye.formOnSpan, eye.hash)

/** Attributes of a database's fact. */
export const visibleOnRecord = (attributes: Attributes, eye: Eye) =>
  visible(attributes, eye.formOnRecord, eye.hash)

function visible(
  attributes: Attributes,
  formOf: Eye['formOnSpan'],
  hash: Eye['hash'],
): Readonly<Record<string, string>> {
  const seen: Record<string, string> = {}
  for (const [key, field] of Object.entries(attributes)) {
    const form = formOf(field.class)
    if (form === 'nothing') continue
    seen[key] = form === 'hash' ? hash(field.value) : (field.shown ?? field.value)
  }
  return seen
}

/** Keyed, because a plain hash of a short id is undone by trying them all. */
const toHash = (value: string, hashKey: string): string =>
  crypto.createHmac('sha256', hashKey).update(value).digest('hex').slice(0, 8)
