import type { Finding, FindingValues, Verdict } from '@/lib/journey/finding'
import type { Journey } from '@/lib/journey/journey'
import type { Eye } from './visible'

/** The answer as one viewer may see it: whoever may not see a figure, or a fact, is not told it by a sentence. */
export function viewVerdict(
  { verdict, findings }: Journey,
  seen: ReadonlySet<string>,
  eye: Eye,
): Pick<Journey, 'verdict' | 'findings'> {
  if (!eye.policy.mayDo(eye.viewer, 'verdict.view')) return { verdict: null, findings: [] }
  return {
    verdict: verdict && viewOne(verdict, seen, eye),
    findings: findings.map((finding) => viewOne(finding, seen, eye)),
  }
}

const viewOne = <T extends Verdict | Finding>(one: T, seen: ReadonlySet<string>, eye: Eye): T => ({
  ...one,
  values: viewValues(one, eye),
  evidence: one.evidence.filter((id) => seen.has(id)),
})

function viewValues(one: Verdict | Finding, { policy, viewer }: Eye): FindingValues {
  const { sources, count, oldest, ...values } = one.values
  const ofQueue = 'id' in one && one.id === 'FP-04'
  const counted = !ofQueue || policy.mayInFull(viewer, 'broker.view')
  return {
    ...values,
    ...(sources && policy.mayDo(viewer, 'evidence.view') ? { sources } : {}),
    ...(counted && count !== undefined ? { count } : {}),
    ...(counted && oldest !== undefined ? { oldest } : {}),
  }
}
