import { expect, test } from 'vitest'
import { openLine } from './line'

const bytes = (length: number) => new Uint8Array(length)

test('takes what fits, and says so where it does not', async () => {
  const line = openLine(() => {}, 100)
  expect(line.send(bytes(60))).toBe(true)
  expect(line.send(bytes(60))).toBe(false)
  expect(line.send(bytes(40))).toBe(true)

  const reader = line.body.getReader()
  expect((await reader.read()).value?.byteLength).toBe(60)
  expect(line.send(bytes(60))).toBe(true)
})

test('ends after its last words, and takes no more', async () => {
  const line = openLine(() => {}, 100)
  line.close(bytes(3))
  line.close(bytes(3))
  expect(line.send(bytes(1))).toBe(false)
  const reader = line.body.getReader()
  expect((await reader.read()).value?.byteLength).toBe(3)
  expect((await reader.read()).done).toBe(true)
})

test('hears that its reader went', async () => {
  let gone = 0
  const line = openLine(() => {
    gone += 1
  })
  await line.body.cancel()
  expect(gone).toBe(1)
  expect(line.send(bytes(1))).toBe(false)
})
