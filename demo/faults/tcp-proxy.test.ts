import { once } from 'node:events'
import net, { type AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FaultProxy } from './mode'
import { startTcpFaultProxy } from './tcp-proxy'

describe('the fault proxy before a source that speaks over TCP', () => {
  let source: net.Server
  let proxy: FaultProxy

  beforeAll(async () => {
    source = net.createServer((socket) => {
      socket.on('data', (chunk) => socket.write(`said ${chunk}`)).on('error', () => {}) // Hurt on purpose.
    })
    await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve))
    proxy = await startTcpFaultProxy({
      port: 0,
      targetPort: (source.address() as AddressInfo).port,
      slowMs: 120,
      dripMs: 20,
      hugeBytes: 1_000_000,
    })
  })
  afterAll(async () => {
    await proxy.stop()
    source.close()
  })
  beforeEach(() => proxy.set('up'))

  async function connect() {
    const socket = net.connect(proxy.port, '127.0.0.1')
    const heard: Buffer[] = []
    const errors: string[] = []
    socket.on('data', (chunk) => heard.push(chunk))
    socket.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code ?? ''))
    const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
    await Promise.race([once(socket, 'connect').catch(() => {}), closed])
    return { socket, errors, closed, heard: () => Buffer.concat(heard) }
  }

  async function say(word: string) {
    const connection = await connect()
    connection.socket.write(word)
    return connection
  }

  test('lets everything through while it is up', async () => {
    const { heard, socket } = await say('hello')
    await expect.poll(() => String(heard())).toBe('said hello')
    socket.destroy()
  })

  test('hurts a connection that is open already', async () => {
    const { socket, heard } = await say('one')
    await expect.poll(() => String(heard())).toBe('said one')
    proxy.set('blackhole')
    socket.write('two')
    await wait(60)
    expect(String(heard())).toBe('said one')
    socket.destroy()
  })

  test('ends the connections that were hurt, so that none goes on with a gap', async () => {
    proxy.set('blackhole')
    const { closed } = await say('lost')
    proxy.set('up')
    await closed
    const after = await say('hello')
    await expect.poll(() => String(after.heard())).toBe('said hello')
    after.socket.destroy()
  })

  test('answers late, and in order, when it is slow', async () => {
    proxy.set('slow')
    const { socket, heard } = await say('a')
    await wait(30)
    socket.write('b')
    expect(String(heard())).toBe('')
    // On a busy machine both words may come in one piece.
    await expect.poll(() => String(heard()).replaceAll('said ', '')).toBe('ab')
    socket.destroy()
  })

  test('refuses connections when it is down, and ends the open ones', async () => {
    const { closed } = await connect()
    proxy.set('down')
    await closed
    const refused = await connect()
    await refused.closed
    expect(refused.errors).toEqual(['ECONNREFUSED'])
  })

  test('resets connections', async () => {
    const { errors, closed } = await say('hello')
    proxy.set('reset')
    await closed
    expect(errors).toEqual(['ECONNRESET'])
  })

  test.each(['close-mid-body', 'truncate'] as const)('sends half and closes: %s', async (mode) => {
    proxy.set(mode)
    const { closed, heard } = await say('hello')
    await closed
    expect(String(heard())).toBe('said ')
  })

  test('drips one byte after the other', async () => {
    proxy.set('drip')
    const { heard, socket } = await say('hello')
    await expect.poll(() => heard().length).toBeGreaterThan(1)
    expect(heard().length).toBeLessThan('said hello'.length)
    socket.destroy()
  })

  test.each([
    ['status500', /^HTTP\/1\.1 500/],
    ['html', /<form/],
    ['redirect', /^HTTP\/1\.1 302/],
  ] as const)('answers as a web server would: %s', async (mode, expected) => {
    proxy.set(mode)
    const { closed, heard } = await say('hello')
    await closed
    expect(String(heard())).toMatch(expected)
  })

  test.each([
    ['garbage', 4_096],
    ['huge', 1_000_000],
  ] as const)('answers with %s', async (mode, bytes) => {
    proxy.set(mode)
    const { heard, socket } = await say('hello')
    await expect.poll(() => heard().length, { timeout: 3_000 }).toBeGreaterThanOrEqual(bytes)
    expect(String(heard())).not.toContain('said hello')
    socket.destroy()
  })
})
