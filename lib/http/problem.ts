import { STATUS_CODES } from 'node:http'

/** Seconds after which it is worth asking again. */
const WAITS: Readonly<Record<number, string>> = { 429: '60', 503: '5' }

type Problem = {
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly requestId: string
  /** The input that was wrong. */
  readonly field?: string
  /** The right that was missing. */
  readonly capability?: string
  /** The sources that gave no answer. */
  readonly silent?: readonly string[]
}

/** One refusal as RFC 9457 problem details, kept out of every cache. */
export function toProblemResponse(problem: Problem): Response {
  const body = { type: 'about:blank', title: STATUS_CODES[problem.status], ...problem }
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...(WAITS[problem.status] && { 'retry-after': WAITS[problem.status] }),
    },
  })
}
