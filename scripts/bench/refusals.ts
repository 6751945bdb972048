import { ask, cookieFor, quantile, sendBytes } from '@/e2e/http/asked'
import { BASE_URL } from '@/e2e/http/demo'
import { atMost, type Figure } from './figure'

const TIMES = 40
const REFUSED_MS = 250
const RAW_MS = 500

const PATHS = [
  `/api/orders/${'A'.repeat(10_000)}/journey`,
  '/api/orders/__proto__/journey',
  '/api/orders/1e3/journey',
  '/api/orders/%3Cscript%3E/journey',
  '/api/orders/ORD-99999997/journey?id=1&id=2',
  `/?q=${'g'.repeat(32)}`,
]
const { host } = new URL(BASE_URL)
const BYTES = [
  `GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n`,
  `TRACE / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  `GET http://elsewhere.example/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: ${host}\r\nX-Long: ${'a'.repeat(17 * 1_024)}\r\nConnection: close\r\n\r\n`,
]

/** How soon what is wrong is refused. */
export async function* measureRefusals(): AsyncGenerator<Figure> {
  const cookie = await cookieFor({ roles: ['support'] })
  const refused: number[] = []
  for (let turn = 0; turn < TIMES; turn += 1) {
    const path = PATHS[turn % PATHS.length] ?? '/'
    const { ms } = await ask(path, { cookie, from: `127.6.0.${turn + 1}` })
    refused.push(ms)
  }
  yield atMost('a wrong request is refused, p95', quantile(refused, 0.95), REFUSED_MS, 'ms')

  const raw: number[] = []
  for (let turn = 0; turn < TIMES; turn += 1) {
    const began = performance.now()
    await sendBytes(BYTES[turn % BYTES.length] ?? '', `127.6.1.${turn + 1}`, 5_000)
    raw.push(performance.now() - began)
  }
  yield atMost('bytes that are no request are refused, p95', quantile(raw, 0.95), RAW_MS, 'ms')
}
