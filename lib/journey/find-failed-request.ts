import type { SpanFact } from './fact'
import type { Course } from './to-course'
import type { Records } from './to-records'

/** A request to place the order that went wrong on our side or was not waited for: whoever sent it may have sent it again. */
export function findFailedRequest(
  { spans }: Records,
  { pipeline, channel: id }: Course,
): SpanFact | null {
  const channel = pipeline.channels.find((one) => one.id === id)
  const requests = (channel && spans.get(channel.entry)) ?? []
  return (
    requests.find(
      (span) =>
        span.service === channel?.entryService &&
        span.spanKind === 'server' &&
        channel.submit.test(span.name) &&
        isUnanswered(span),
    ) ?? null
  )
}

/** The server's own failures, and a caller that had gone. A refusal is an answer. */
function isUnanswered({ failed, attributes }: SpanFact): boolean {
  const status = attributes['http.response.status_code']?.value
  return status === undefined ? failed : /^(5\d\d|408|499)$/.test(status)
}
