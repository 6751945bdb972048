import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'undici'
import type { House } from '@/e2e/http/house'

/** What makes a front door say where its inspector listens, on loopback. */
export const INSPECTED = { NODE_OPTIONS: '--inspect=127.0.0.1:0 --max-old-space-size=512' }

/** What a process holds once its garbage is gone: MB of heap and buffers. */
export async function heldMemory(house: House): Promise<number> {
  const address = /ws:\/\/127\.0\.0\.1:\d+\/[\w-]+/.exec(house.readLog())?.[0]
  if (!address) throw new Error('The front door has no inspector')
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  const call = (id: number, method: string, params = {}) =>
    new Promise<{ result?: { result?: { value?: number } } }>((resolve) => {
      const listen = ({ data }: { data: unknown }) => {
        const answer = JSON.parse(`${data}`)
        if (answer.id !== id) return
        socket.removeEventListener('message', listen)
        resolve(answer)
      }
      socket.addEventListener('message', listen)
      socket.send(JSON.stringify({ id, method, params }))
    })
  for (let turn = 1; turn <= 3; turn += 1) {
    await call(turn, 'HeapProfiler.collectGarbage')
    await sleep(200)
  }
  const { result } = await call(4, 'Runtime.evaluate', {
    expression:
      '(({ heapUsed, external, arrayBuffers }) => heapUsed + external + arrayBuffers)(process.memoryUsage())',
  })
  socket.close()
  return (result?.result?.value ?? Number.NaN) / 1_048_576
}
