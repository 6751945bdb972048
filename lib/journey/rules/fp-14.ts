import type { FindingCase, FindingValues } from '../finding'
import type { PlaceBlindSpot } from '../located'
import type { Case } from '../to-case'
import { found, type Rule } from './rule'

/** Late, and nothing could say why: what hides the reason. It stands only where no other rule judged. */
export const fp14: Rule = (order) => {
  const { stage, late, current } = order
  if (!stage || !late || !current || current.terminal) return null
  const { name, values } = findWhy(order)
  return found('FP-14', {
    case: name,
    certainty: 'cannot-tell',
    level: stage.level,
    values: { status: stage.status, since: stage.entered, ...values },
    evidence: stage.evidence,
  })
}

type Why = { readonly name: FindingCase['FP-14']; readonly values: FindingValues }

/** What is not there before what is old, and both before what nobody traces. */
function findWhy(order: Case): Why {
  const { passing, stage } = order
  const blind = passing?.located.blindSpots ?? []
  const asked = new Set([
    ...blind.flatMap(({ source }) => (source === null ? [] : [source])),
    ...[passing?.handoff.from, passing?.handoff.to, order.current?.system].flatMap((system) => {
      const source = system === undefined ? null : order.view.freshnessOf(system).source
      return source === null ? [] : [source]
    }),
  ])
  const reports = order.view.sources.filter(({ source }) => asked.has(source))
  const missing = reports.find(({ state }) => state === 'missing')
  if (missing) return { name: 'source-missing', values: { source: missing.source } }
  const warnAt = stage?.limit?.warnAt ?? 0
  const old = reports.find(
    ({ state, asOf }) => asOf !== null && (state === 'stale' || asOf < warnAt),
  )
  if (old?.asOf) return { name: 'source-stale', values: { source: old.source, oldest: old.asOf } }
  const dark = blind.find(isDark)
  if (dark?.system) return { name: 'not-traced', values: { system: dark.system } }
  return { name: 'unclear', values: {} }
}

const isDark = ({ code }: PlaceBlindSpot) => code === 'not-traced' || code === 'mark-not-kept'
