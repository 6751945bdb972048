import type {
  ChangeFact,
  CounterFact,
  DeadLetterFact,
  Fact,
  FileFact,
  QueueFact,
  RowFact,
  SpanFact,
} from '@/lib/journey/fact'
import type {
  ChangeFactView,
  CounterFactView,
  DeadLetterFactView,
  FactView,
  FileFactView,
  QueueFactView,
  RowFactView,
  SpanFactView,
} from '@/lib/journey/journey-view'
import { type Eye, visibleOnRecord, visibleOnSpan } from './visible'

/** The facts this viewer may see one by one. Each field is named here: what a source adds later stays inside. */
export function viewFacts(facts: readonly Fact[], eye: Eye): readonly FactView[] {
  const { viewer, policy } = eye
  const records = policy.mayDo(viewer, 'evidence.view')
  const shown: Record<Fact['kind'], boolean> = {
    row: records,
    change: records,
    'dead-letter': policy.mayInFull(viewer, 'evidence.view'), // Its queue and reason are values.
    span: seesSpans(eye),
    queue: policy.mayDo(viewer, 'broker.view'),
    counter: policy.mayInFull(viewer, 'broker.view'),
    file: policy.mayDo(viewer, 'file.view'),
  }
  // Whoever may not know of what was hidden is told of none.
  const knowsHidden = policy.mayDo(viewer, 'trace.attributes.c')
  return facts
    .filter(({ kind }) => shown[kind])
    .map((fact) =>
      fact.kind === 'span' ? viewSpan(fact, eye, knowsHidden) : viewRecord(fact, eye),
    )
}

function viewRecord(fact: Exclude<Fact, SpanFact>, eye: Eye): FactView {
  switch (fact.kind) {
    case 'row':
      return viewRow(fact, eye)
    case 'change':
      return viewChange(fact, eye)
    case 'dead-letter':
      return viewDeadLetter(fact, eye)
    case 'queue':
      return viewQueue(fact, eye)
    case 'counter':
      return viewCounter(fact, eye)
    case 'file':
      return viewFile(fact, eye)
  }
}

/** Spans one by one, which totals of a stage are not. */
export const seesSpans = ({ viewer, policy }: Eye): boolean =>
  policy.mayInFull(viewer, 'trace.spans.view')

const said = ({ id, source, system, at }: Fact) => ({ id, source, system, at })

const viewRow = (fact: RowFact, eye: Eye): RowFactView => ({
  ...said(fact),
  kind: fact.kind,
  channel: fact.channel,
  status: fact.status,
  createdAt: fact.createdAt,
  updatedAt: fact.updatedAt,
  takenAt: fact.takenAt,
  pricingStartedAt: fact.pricingStartedAt,
  approximate: fact.approximate,
  attributes: visibleOnRecord(fact.attributes, eye),
})

const viewChange = (fact: ChangeFact, eye: Eye): ChangeFactView => ({
  ...said(fact),
  kind: fact.kind,
  status: fact.status,
  seq: fact.seq,
  sentAt: fact.sentAt,
  receivedAt: fact.receivedAt,
  attributes: visibleOnRecord(fact.attributes, eye),
})

const viewDeadLetter = (fact: DeadLetterFact, eye: Eye): DeadLetterFactView => ({
  ...said(fact),
  kind: fact.kind,
  queue: fact.queue,
  reason: fact.reason,
  count: fact.count,
  attributes: visibleOnRecord(fact.attributes, eye),
})

function viewQueue(fact: QueueFact, eye: Eye): QueueFactView {
  const inFull = eye.policy.mayInFull(eye.viewer, 'broker.view')
  const figure = (value: number | null) => (inFull ? value : null)
  return {
    ...said(fact),
    kind: fact.kind,
    queue: fact.queue,
    use: fact.use,
    ready: figure(fact.ready),
    unacked: figure(fact.unacked),
    consumers: figure(fact.consumers),
    published: figure(fact.published),
    acked: figure(fact.acked),
    redelivered: figure(fact.redelivered),
    headAt: inFull ? fact.headAt : null,
    history: inFull ? fact.history.map((sample) => ({ ...sample })) : [],
    attributes: visibleOnRecord(fact.attributes, eye),
  }
}

const viewCounter = (fact: CounterFact, eye: Eye): CounterFactView => ({
  ...said(fact),
  kind: fact.kind,
  counter: fact.counter,
  queue: fact.queue,
  since: fact.since,
  by: fact.by,
  attributes: visibleOnRecord(fact.attributes, eye),
})

function viewFile(fact: FileFact, eye: Eye): FileFactView {
  const inFull = eye.policy.mayInFull(eye.viewer, 'file.view')
  return {
    ...said(fact),
    at: inFull ? fact.at : fact.askedAt,
    kind: fact.kind,
    state: fact.state,
    proven: fact.proven,
    askedAt: fact.askedAt,
    modifiedAt: inFull ? fact.modifiedAt : null,
    size: inFull ? fact.size : null,
    attributes: visibleOnRecord(fact.attributes, eye),
  }
}

// Without a spread: there may be twenty thousand.
const viewSpan = (fact: SpanFact, eye: Eye, knowsHidden: boolean): SpanFactView => ({
  id: fact.id,
  source: fact.source,
  system: fact.system,
  at: fact.at,
  kind: fact.kind,
  traceId: fact.traceId,
  spanId: fact.spanId,
  parentId: fact.parentId,
  links: fact.links.map(({ traceId, spanId }) => ({ traceId, spanId })),
  service: fact.service,
  name: fact.name,
  spanKind: fact.spanKind,
  duration: fact.duration,
  clockShift: fact.clockShift,
  failed: fact.failed,
  shared: fact.shared,
  orphan: fact.orphan,
  contextBroken: fact.contextBroken,
  statusTo: fact.statusTo,
  statusFrom: fact.statusFrom,
  attributes: visibleOnSpan(fact.attributes, eye),
  hidden: knowsHidden ? fact.hidden : 0,
  events: fact.events.map(({ name, at, attributes }) => ({
    name,
    at,
    attributes: visibleOnSpan(attributes, eye),
  })),
  warnings: [...fact.warnings],
})
