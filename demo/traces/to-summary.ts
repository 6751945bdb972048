import { ERROR, type Span, type Trace } from './span'

/** One trace in a list of summaries. Counts of zero and empty names are left out. */
export function toSummary({ id, spans }: Trace) {
  const ids = new Set(spans.map(({ spanId }) => spanId))
  const root = spans.find(({ parentId }) => parentId === '')
  const orphans = spans.filter(({ parentId }) => parentId !== '' && !ids.has(parentId)).length
  const services = [...new Set(spans.map(({ resource }) => resource.service))].sort()
  return {
    traceId: id,
    ...(root && { rootServiceName: root.resource.service, rootOperationName: root.name }),
    minStartTimeUnixNano: String(spans.map(({ startNs }) => BigInt(startNs)).reduce(earlier)),
    maxEndTimeUnixNano: String(spans.map(({ endNs }) => BigInt(endNs)).reduce(later)),
    ...counts(spans),
    ...(orphans > 0 && { orphanSpanCount: orphans }),
    services: services.map((name) => ({
      name,
      ...counts(spans.filter(({ resource }) => resource.service === name)),
    })),
  }
}

function counts(spans: readonly Span[]) {
  const errors = spans.filter(({ statusCode }) => statusCode === ERROR).length
  return { spanCount: spans.length, ...(errors > 0 && { errorSpanCount: errors }) }
}

const earlier = (a: bigint, b: bigint) => (a < b ? a : b)
const later = (a: bigint, b: bigint) => (a > b ? a : b)
