import 'server-only'
import { type Projected, projectValue } from '@/lib/access/project'
import type { SystemsView } from '@/lib/contract/systems'
import { judgeSystems, type SystemNow } from '@/lib/journey/judge-systems'
import type { MetricsAnswer } from '@/lib/sources/answers'
import type { Context } from './context'
import { settle } from './settle'

type Asked = Pick<
  Context,
  | 'viewer'
  | 'request'
  | 'permit'
  | 'policy'
  | 'broker'
  | 'metrics'
  | 'silences'
  | 'pipeline'
  | 'now'
>

/** What is wrong with the systems now, and who could not be asked. It is about no order. Throws what the gate throws. */
export async function readSystems(asked: Asked): Promise<Projected<SystemsView>> {
  const { viewer, request, permit, policy, broker, metrics, silences, pipeline, now } = asked
  // The state of the systems holds no order data, so it leaves no row; a refusal does.
  if (!policy.mayDo(viewer, 'sources.status'))
    await permit(viewer, request, 'sources.status', { type: 'none', id: null })

  const [queues, calls] = await Promise.all([
    settle({ source: 'rabbitmq', systems: [], now }, broker && (() => broker.read())),
    settle({ source: 'prometheus', systems: [], now }, metrics && (() => metrics.systems())),
  ])
  const facts = 'facts' in queues ? queues.facts : await readFromMetrics(asked)
  const trouble = judgeSystems(
    {
      readings: 'readings' in calls ? calls.readings : [],
      queues: facts.filter((fact) => fact.kind === 'queue'),
      alarms: 'alarms' in queues ? queues.alarms : [],
      silences: silences().flatMap(({ source, since }) =>
        since === null ? [] : [{ source, since }],
      ),
    },
    pipeline,
  )
  return projectValue({
    now: now(),
    trouble: policy.mayInFull(viewer, 'sources.status') ? trouble : trouble.map(withoutFigures),
    unseen: [queues, calls].flatMap(({ report: { source, state } }) =>
      state === 'missing' || state === 'not-configured' ? [source] : [],
    ),
  })
}

const withoutFigures = (one: SystemNow): SystemNow => ({ ...one, values: {} })

/** Where the broker itself says nothing, the metrics may know its queues. */
async function readFromMetrics({ metrics, now }: Asked): Promise<MetricsAnswer['facts']> {
  if (!metrics) return []
  const about = { source: 'prometheus', systems: [], now }
  const answer = await settle(about, () => metrics.read([]))
  return 'facts' in answer ? answer.facts : []
}
