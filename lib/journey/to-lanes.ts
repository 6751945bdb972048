import type { Fact } from './fact'
import type { Lane } from './journey'
import type { Coverage, Pipeline } from './pipeline'
import type { SystemId } from './types'

const BEST_FIRST: readonly Coverage[] = ['traced', 'metrics', 'logs', 'db', 'none']

/** Every lane of the pipeline, from top to bottom; an optional one only where it has spans. */
export function toLanes(facts: readonly Fact[], pipeline: Pipeline): readonly Lane[] {
  const traced = new Set<SystemId>()
  const kept = new Map<SystemId, string[]>()
  for (const fact of facts) {
    if (fact.kind === 'span') traced.add(fact.system)
    else kept.set(fact.system, kept.get(fact.system) ?? [])
    if (fact.kind !== 'span') kept.get(fact.system)?.push(fact.id)
  }

  return pipeline.systems
    .filter(({ id, optional }) => !optional || traced.has(id))
    .map(({ id, kind, optional }) => ({
      system: id,
      kind,
      coverage: toCoverage(id, pipeline),
      optional,
      drawnFrom: [
        ...(traced.has(id) ? ['traces' as const] : []),
        ...(kept.has(id) ? ['database' as const] : []),
      ],
      factIds: kept.get(id) ?? [],
    }))
}

/** The best coverage of a system's components; `none` without components. */
export function toCoverage(system: SystemId, pipeline: Pipeline): Coverage {
  const components = pipeline.components.filter((component) => component.system === system)
  return (
    BEST_FIRST.find((coverage) => components.some((one) => one.coverage === coverage)) ?? 'none'
  )
}
