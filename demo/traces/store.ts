import { type Batch, type PackedSpan, unpack } from './batch'
import { type Attributes, KINDS, type Resource, type Scope, type Trace } from './span'
import { toText } from './value'

export type Operation = { readonly name: string; readonly spanKind: string }

/** Every span the stand-in took, with what a search needs to be quick. */
export type Store = {
  add(batch: Batch): void
  findTrace(id: string): Trace | null
  traces(): Iterable<Trace>
  /** The traces a service took part in. */
  tracesOf(service: string): Iterable<Trace>
  /** The traces with a span, event or link of this attribute; null: the index cannot tell. */
  tracesWith(key: string, text: string): Iterable<Trace> | null
  services(): readonly string[]
  operations(service: string): readonly Operation[]
}

/** Longer values are looked for one span after the other. */
const LONGEST = 128
const NO_NAME = 'missing-service-name'

export function createStore(): Store {
  const traces = new Map<string, Trace>()
  const byService = new Map<string, Set<Trace>>()
  const byTag = new Map<string, Map<string, Trace[]>>()
  const operations = new Map<string, Map<string, Operation>>()
  const resources = new Map<string, Resource>()
  const scopes = new Map<string, Scope>()
  const words = new Map<string, string>()

  function add(batch: Batch): void {
    const itsResources = batch.resources.map((attributes) =>
      share(resources, attributes, () => toResource(attributes)),
    )
    const itsScopes = batch.scopes.map((scope) => share(scopes, scope, () => scope))
    for (const row of batch.spans) {
      const resource = itsResources[row[0]]
      const scope = itsScopes[row[1]]
      if (resource && scope) addSpan(row, resource, scope)
    }
  }

  function addSpan(row: PackedSpan, resource: Resource, scope: Scope): void {
    const trace = take(traces, row[2], () => ({
      id: row[2],
      spans: [],
      firstUs: Number.POSITIVE_INFINITY,
      lastUs: 0,
    }))
    const name = take(words, row[5], () => row[5])
    const span = unpack(row, { resource, scope, traceId: trace.id, name })
    trace.spans.push(span)
    trace.firstUs = Math.min(trace.firstUs, span.startUs)
    trace.lastUs = Math.max(trace.lastUs, span.startUs)

    const { service } = span.resource
    take(byService, service, () => new Set()).add(trace)
    const kind = KINDS[span.kind] || 'internal'
    take(operations, service, () => new Map()).set(`${kind} ${span.name}`, {
      name: span.name,
      spanKind: kind,
    })
    addTags(span.attributes, trace)
    for (const { attributes } of span.events) addTags(attributes, trace)
    for (const { attributes } of span.links) addTags(attributes, trace)
  }

  function addTags(attributes: Attributes, trace: Trace): void {
    for (const key in attributes) {
      const text = toText(attributes[key] ?? '')
      if (text.length > LONGEST) continue
      const values = take(byTag, key, () => new Map<string, Trace[]>())
      const list = values.get(text)
      if (!list) values.set(text, [trace])
      else if (list.at(-1) !== trace) list.push(trace)
    }
  }

  /** Attributes of resources and scopes belong to too many traces for a list of each. */
  const saidByAll = (key: string, text: string) =>
    [...resources.values(), ...scopes.values()].some(
      ({ attributes }) => attributes[key] !== undefined && toText(attributes[key]) === text,
    )

  return {
    add,
    findTrace: (id) => traces.get(id) ?? null,
    traces: () => traces.values(),
    tracesOf: (service) => byService.get(service) ?? [],
    tracesWith: (key, text) =>
      text.length > LONGEST || saidByAll(key, text)
        ? null
        : new Set(byTag.get(key)?.get(text) ?? []),
    services: () => [...byService.keys()],
    operations: (service) => [...(operations.get(service)?.values() ?? [])],
  }
}

function toResource(attributes: Attributes): Resource {
  const service = toText(attributes['service.name'] ?? '')
  return service !== ''
    ? { service, attributes }
    : { service: NO_NAME, attributes: { ...attributes, 'service.name': NO_NAME } }
}

/** One object for all that look the same. */
const share = <T>(known: Map<string, T>, like: unknown, make: () => T): T =>
  take(known, JSON.stringify(like), make)

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
