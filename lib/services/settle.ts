import 'server-only'
import { isSourceError, type SourceFault } from '@/lib/errors'
import type { SourceReport } from '@/lib/journey/journey'
import type { EpochMs, SystemId } from '@/lib/journey/types'

type Asked = {
  /** As in `SourceReport.source`. */
  readonly source: string
  readonly systems: readonly SystemId[]
  readonly now: () => EpochMs
}

/** Asks one source, and turns its silence into a report, so that no outage can blank the page. `null`: there is none. */
export async function settle<A extends { readonly report: SourceReport }>(
  { source, systems, now }: Asked,
  ask: (() => Promise<A>) | null,
): Promise<A | { readonly report: SourceReport }> {
  const askedAt = now()
  const silence = (state: SourceReport['state'], reason: SourceFault | null) => ({
    report: { source, state, reason, asOf: null, askedAt, tookMs: now() - askedAt, systems },
  })
  if (!ask) return silence('not-configured', null)
  try {
    return await ask()
  } catch (error) {
    if (!isSourceError(error)) throw error
    return silence('missing', error.fault)
  }
}
