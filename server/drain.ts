import type { Server } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { held } from '@/lib/http/held'

type Times = {
  /** For the balancer to see that `/readyz` says 503. */
  readonly noticeMs: number
  /** For what is in flight, afterwards. */
  readonly finishMs: number
}

/**
 * Lets go of everybody. True when all had ended by themselves.
 *
 *   SIGTERM ── readyz 503 ──▶ noticeMs ──▶ no new connections, streams told goodbye ──▶ finishMs ──▶ cut
 */
export async function drain(server: Server, { noticeMs, finishMs }: Times): Promise<boolean> {
  held().draining = true
  await sleep(noticeMs)

  const closed = new Promise<true>((resolve) => server.close(() => resolve(true)))
  const ending = setInterval(letGo, 100)
  letGo()
  const all = await Promise.race([closed, sleep(finishMs, false as const, { ref: false })])
  clearInterval(ending)
  if (!all) server.closeAllConnections()
  return all

  function letGo() {
    for (const sayGoodbye of held().streams) sayGoodbye()
    server.closeIdleConnections() // what has just become idle, too
  }
}
