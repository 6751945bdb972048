import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import net, { type AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ask } from './contract'

let folder = ''
let child: ChildProcess | null = null

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-traces-'))
})
afterEach(() => {
  child?.kill('SIGKILL')
  fs.rmSync(folder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function start(): Promise<string> {
  const port = await freePort()
  child = spawn(process.execPath, ['--import', 'tsx', 'demo/traces/main.ts'], {
    env: {
      ...process.env,
      TRACES_PORT: String(port),
      TRACES_DATA_DIR: folder,
      TRACES_MODE: 'main',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (!child.stdout) throw new Error('No output')
  const [line] = await once(child.stdout, 'data')
  expect(String(line)).toBe('ready\n')
  return `http://127.0.0.1:${port}`
}

async function kill(): Promise<void> {
  if (!child) return
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

const traceId = (index: number) => String(index).padStart(32, 'a')

function send(url: string, index: number): Promise<Response> {
  const ns = BigInt(Date.now()) * 1_000_000n
  const span = {
    traceId: traceId(index),
    spanId: '00000000000000aa',
    name: 'step',
    startTimeUnixNano: String(ns),
    endTimeUnixNano: String(ns + 5n),
  }
  return fetch(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
    body: gzipSync(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })),
  })
}

test('whatever was accepted is there after kill -9, also behind a torn record', async () => {
  const first = await start()
  for (const index of [1, 2, 3]) expect((await send(first, index)).status).toBe(200)
  await kill()
  const [segment = ''] = fs.readdirSync(folder)
  fs.appendFileSync(path.join(folder, segment), gzipSync('{"resources":[').subarray(0, 15))

  const second = await start()
  expect((await send(second, 4)).status).toBe(200)
  await kill()

  const third = await start()
  const answers = await Promise.all(
    [1, 2, 3, 4].map((index) => ask(third, `/api/v3/traces/${traceId(index)}`)),
  )
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
})
