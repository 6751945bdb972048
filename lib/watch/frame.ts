import type { Projected } from '@/lib/access/project'

/**
 * What a stream says. `journey`: the order as this viewer sees it now · `age`: how old each part is ·
 * `resync`: something changed that did not fit, ask for the journey · `end`: no more for you, and why ·
 * `bye`: this process goes, come again.
 */
export type Said =
  | { readonly event: 'journey'; readonly id: string; readonly data: Projected<unknown> }
  | { readonly event: 'age' | 'end'; readonly data: Projected<unknown> }
  | { readonly event: 'resync'; readonly id: string }
  | { readonly event: 'bye' }

/** One event as the bytes of `text/event-stream`. JSON has no line break, so its data is one line. */
export function toFrame(said: Said): Uint8Array {
  const id = 'id' in said ? `id: ${said.id}\n` : ''
  const data = 'data' in said ? JSON.stringify(said.data) : '{}'
  return encode(`${id}event: ${said.event}\ndata: ${data}\n\n`)
}

/** A comment: it keeps proxies from closing a stream on which nothing happens. */
export const heartbeat = (): Uint8Array => encode(':\n\n')

/** The first thing a stream says: how long a browser waits before it comes again, in milliseconds. */
export const toRetry = (ms: number): Uint8Array => encode(`retry: ${ms}\n\n`)

const encoder = new TextEncoder()
const encode = (text: string) => encoder.encode(text)
