import http from 'node:http'
import { expect } from '@playwright/test'
import { BASE_URL } from './demo'

export type Event = { readonly event: string; readonly id: string | null; readonly data: string }

type Wish = {
  readonly cookie: string
  readonly at?: string
  readonly since?: string
  readonly tab?: string
  readonly lastEventId?: string
  /** Our own address on loopback: the product counts connections per client. */
  readonly from?: string
}

export type Listening = Awaited<ReturnType<typeof listen>>

/** Follows an order as a browser does, and keeps what it is told. */
export async function listen(orderId: string, wish: Wish) {
  const { cookie, at = BASE_URL, since, tab, lastEventId, from } = wish
  const { hostname, port } = new URL(at)
  const query = new URLSearchParams({ ...(since && { since }), ...(tab && { tab }) })
  const heard = { events: [] as Event[], comments: 0, text: '', ended: false }
  const request = http.get({
    ...{ hostname, port, agent: false, path: `/api/orders/${orderId}/events?${query}` },
    ...(from && { localAddress: from }),
    headers: {
      ...{ cookie, accept: 'text/event-stream' },
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
  })
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    request.once('response', resolve).once('error', reject)
  })
  request.on('error', () => {})
  response.on('error', () => {})
  let rest = ''
  response.setEncoding('utf8').on('data', (chunk: string) => {
    heard.text += chunk
    const blocks = `${rest}${chunk}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) take(block)
  })
  response.once('close', () => {
    heard.ended = true
  })

  function take(block: string) {
    if (block.startsWith(':')) heard.comments += 1
    const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
    const event = field('event')
    if (event) heard.events.push({ event, id: field('id') ?? null, data: field('data') ?? '' })
  }

  const named = (event: string) => heard.events.filter((one) => one.event === event)
  return {
    heard,
    named,
    status: response.statusCode ?? 0,
    headers: response.headers,
    /** What the whole answer says, for one that is no stream. */
    async text() {
      await expect.poll(() => heard.ended).toBe(true)
      return heard.text
    },
    /** The first, second … event of that name, once it has come. */
    async next(event: string, count = 1, timeout = 15_000): Promise<Event> {
      await expect.poll(() => named(event).length, { timeout }).toBeGreaterThanOrEqual(count)
      return named(event)[count - 1] ?? { event, id: null, data: '' }
    },
    hangUp: () => request.destroy(),
  }
}
