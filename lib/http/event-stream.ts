const events = Symbol.for('order-journey.event-stream')

/** An answer that goes on: server-sent events, made of what was projected. */
export type EventStream = {
  readonly body: ReadableStream<Uint8Array>
  /** The reader is gone, or never wanted a body. May be called twice. */
  readonly letGo: () => void
  readonly [events]: true
}

export const eventStream = (parts: Pick<EventStream, 'body' | 'letGo'>): EventStream => ({
  ...parts,
  [events]: true,
})

export const isEventStream = (answer: unknown): answer is EventStream =>
  typeof answer === 'object' && answer !== null && events in answer

/** Opens it for a browser. Nothing on the way may keep, change or hold back what it says. */
export function toEventResponse({ body, letGo }: EventStream, request: Request): Response {
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  }
  if (request.method === 'HEAD' || request.signal.aborted) {
    letGo()
    return new Response(null, { headers })
  }
  request.signal.addEventListener('abort', letGo, { once: true })
  return new Response(body, { headers })
}
