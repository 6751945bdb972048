import net from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePorts, isTaken, readPort } from './ports'

test('reads a port, and refuses what is none', () => {
  expect([readPort(undefined), readPort('4210'), readPort('1')]).toEqual([4200, 4210, 1])
  for (const text of ['abc', '', '0', '-1', '4.2', '1e3', '65001', ' 80'])
    expect(() => readPort(text)).toThrow(/PORT is a number from 1 to 65000/)
})

test('passes over what is taken', async () => {
  const server = net.createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  expect(await isTaken(port)).toBe(true)
  const free = await findFreePorts(port, 2)
  expect(new Set(free).size).toBe(2)
  expect(free).not.toContain(port)
})
