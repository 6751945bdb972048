const TRACEPARENT =
  /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:-[0-9A-Za-z._-]*)?$/
const ZEROS = /^0+$/

/** The trace id of a W3C `traceparent`; null where the text is none. */
export function findTraceId(traceparent: string): string | null {
  const [, traceId = '', spanId = ''] = TRACEPARENT.exec(traceparent) ?? []
  return ZEROS.test(traceId) || ZEROS.test(spanId) || traceId === '' ? null : traceId
}
