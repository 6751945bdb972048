import 'server-only'
import type { OrderPermit } from '@/lib/access/permit'
import type { Fact } from '@/lib/journey/fact'
import type { SystemId } from '@/lib/journey/types'
import type { BesideAnswer, OrdersAnswer } from '@/lib/sources/answers'
import type { Sources } from '@/lib/sources/wiring'
import { settle } from './settle'
import { toFileQuestion } from './to-file-question'
import { toListening } from './to-listening'
import { toMoments } from './to-moments'
import { toTraceQuestion } from './to-trace-question'

type Beside = Pick<
  Sources,
  'pipeline' | 'traces' | 'broker' | 'files' | 'metrics' | 'tracedSystems' | 'now'
>

/**
 * What all sources beside the order databases say of one order, each for itself and at once.
 *
 *     rows ──┬── traces ────────────┐
 *            ├── signs of life      │  of whoever's silence matters
 *            ├── queues, now        ├── facts, and a report of each
 *            ├── the file           │
 *            └── counters, then ────┘
 */
export async function gatherBeside(
  sources: Beside,
  permit: OrderPermit,
  rows: OrdersAnswer,
): Promise<BesideAnswer> {
  const { pipeline, traces, broker, files, metrics, tracedSystems, now } = sources
  const orderId = permit.resource.id
  const brokers = pipeline.components
    .filter(({ managementApi }) => managementApi === true)
    .map(({ system }) => system)
  const storages = pipeline.components
    .filter(({ probe }) => probe === 'head')
    .map(({ system }) => system)
  const file = toFileQuestion(orderId, rows.facts, pipeline)
  const asked = (source: string, systems: readonly SystemId[]) => ({ source, systems, now })

  const [spans, heartbeats, ...others] = await Promise.all([
    settle(
      asked('jaeger', tracedSystems),
      traces && (() => traces.read(permit, toTraceQuestion(rows))),
    ),
    traces?.hear(toListening(rows, pipeline, now())) ?? [],
    ...(brokers.length > 0
      ? [settle(asked('rabbitmq', brokers), broker && (() => broker.read()))]
      : []),
    ...(storages.length > 0 && file
      ? [settle(asked('s3', storages), files && (() => files.read(permit, file)))]
      : []),
    ...(metrics
      ? [settle(asked('prometheus', brokers), () => metrics.read(toMoments(rows.facts, now())))]
      : []),
  ])
  return {
    facts: [spans, ...others].flatMap((answer) => toFacts(answer)),
    reports: [spans, ...others].map(({ report }) => report),
    otherOrders: 'otherOrders' in spans ? spans.otherOrders : {},
    heartbeats,
  }
}

const toFacts = (answer: object | { readonly facts: readonly Fact[] }): readonly Fact[] =>
  'facts' in answer ? answer.facts : []
