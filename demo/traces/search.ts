import { type Attributes, ERROR, KINDS, type Span, type Trace } from './span'
import type { Store } from './store'
import { toText } from './value'

/** What a span must be, all of it at once. Times are microseconds, both ends of the window belong to it. */
export type Question = {
  readonly service: string | null
  readonly operation: string | null
  readonly attributes: Readonly<Record<string, string>>
  readonly fromUs: number
  readonly untilUs: number
  readonly shortestUs: number | null
  readonly longestUs: number | null
  readonly limit: number
}

type Condition = (span: Span) => boolean

/** The traces with such a span, newest first. */
export function search(store: Store, question: Question): readonly Trace[] {
  const matches = toCondition(question)
  const near = [...candidates(store, question)]
    .filter(({ firstUs, lastUs }) => lastUs >= question.fromUs && firstUs <= question.untilUs)
    .sort((a, b) => b.firstUs - a.firstUs)
  const found: Trace[] = []
  for (const trace of near) {
    if (found.length >= question.limit) break
    if (trace.spans.some(matches)) found.push(trace)
  }
  return found
}

/** A list that holds every match: that of an indexed attribute, else of the service, else all. */
function candidates(store: Store, { service, attributes }: Question): Iterable<Trace> {
  for (const [key, text] of Object.entries(attributes)) {
    const list =
      Object.hasOwn(SPECIAL, key) || key.startsWith(OF_RESOURCE)
        ? null
        : store.tracesWith(key, text)
    if (list) return list
  }
  return service === null ? store.traces() : store.tracesOf(service)
}

function toCondition(question: Question): Condition {
  const { service, operation, fromUs, untilUs, shortestUs, longestUs, attributes } = question
  const conditions: Condition[] = [
    ({ startUs }) => startUs >= fromUs && startUs <= untilUs,
    ...Object.entries(attributes).map(([key, text]) => toTagCondition(key, text)),
  ]
  if (service !== null) conditions.push(({ resource }) => resource.service === service)
  if (operation !== null) conditions.push(({ name }) => name === operation)
  if (shortestUs !== null) conditions.push(({ durationUs }) => durationUs >= shortestUs)
  if (longestUs !== null) conditions.push(({ durationUs }) => durationUs <= longestUs)
  return (span) => conditions.every((holds) => holds(span))
}

/** Keys that ask for something else than an attribute. */
const SPECIAL: Readonly<Record<string, (span: Span, text: string) => boolean>> = {
  error: ({ statusCode }, text) => text === String(statusCode === ERROR),
  'span.kind': ({ kind }, text) => KINDS[kind] === text,
  'span.status': ({ statusCode }, text) =>
    ['unset', 'ok', 'error'][statusCode] === text.toLowerCase(),
  'scope.name': ({ scope }, text) => scope.name === text,
  'scope.version': ({ scope }, text) => scope.version === text,
}
const OF_RESOURCE = 'resource.'

function toTagCondition(key: string, text: string): Condition {
  const special = Object.hasOwn(SPECIAL, key) ? SPECIAL[key] : undefined
  if (special) return (span) => special(span, text)
  const says = (attributes: Attributes, asked = key) => {
    const value = Object.hasOwn(attributes, asked) ? attributes[asked] : undefined
    return value !== undefined && toText(value) === text
  }
  if (key.startsWith(OF_RESOURCE)) {
    const asked = key.slice(OF_RESOURCE.length)
    return ({ resource }) => says(resource.attributes, asked)
  }
  return ({ attributes, scope, resource, events, links }) =>
    says(attributes) ||
    says(scope.attributes) ||
    says(resource.attributes) ||
    events.some((event) => says(event.attributes)) ||
    links.some((link) => says(link.attributes))
}
