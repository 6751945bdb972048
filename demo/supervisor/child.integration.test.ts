import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test as base, expect, onTestFinished, vi } from 'vitest'
import { type Child, startChild } from './child'

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the fixtures from this pattern.
  folder: async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-child-'))
    await use(folder)
    fs.rmSync(folder, { recursive: true })
  },
})

const SERVES = 'setInterval(() => {}, 1000); console.log("ready")'

function start(folder: string, code: string, readyWhen: RegExp | null = /ready/, limitMs = 10_000) {
  const begun: Child[] = []
  const ends: string[] = []
  const served = startChild({
    name: 'part',
    args: ['-e', code],
    env: {},
    readyWhen,
    logFolder: folder,
    limitMs,
    onSpawn: (child) => begun.push(child),
    onEnd: (sentence) => ends.push(sentence),
  })
  onTestFinished(async () => {
    for (const child of begun) await child.stop(1_000)
  })
  return { served, begun, ends }
}

test('stops when told to, and calls that no accident', async ({ folder }) => {
  const { served, begun, ends } = start(folder, SERVES)
  await served
  await begun[0]?.stop(5_000)
  expect(isAlive(begun[0]?.pid)).toBe(false)
  expect(ends).toEqual([])
})

test('is killed where it does not listen', async ({ folder }) => {
  const { served, begun } = start(folder, `process.on("SIGTERM", () => {}); ${SERVES}`)
  await served
  await begun[0]?.stop(200)
  expect(isAlive(begun[0]?.pid)).toBe(false)
})

test('says that it ended by itself, and where it said why', async ({ folder }) => {
  const { served, begun, ends } = start(folder, SERVES)
  await served
  process.kill(begun[0]?.pid ?? 0, 'SIGKILL')
  await vi.waitFor(() => expect(ends).toEqual([expect.stringMatching(/SIGKILL.*part\.log/)]))
})

test('hands on what was said by one that never served', async ({ folder }) => {
  const { served, ends } = start(folder, 'console.error("no key"); process.exit(3)')
  await expect(served).rejects.toThrow('part ended: no key')
  expect(ends).toEqual([])
})

test('gives up on one that never serves', async ({ folder }) => {
  const { served } = start(folder, 'setInterval(() => {}, 1000)', /ready/, 500)
  await expect(served).rejects.toThrow('did not start')
})

test('waits for work to be done, though the channel is open', async ({ folder }) => {
  const { served } = start(folder, 'console.log("built")', null)
  await served
})

test('a child ends with the parent that was killed', async ({ folder }) => {
  const parent = path.join(folder, 'parent.mjs')
  fs.writeFileSync(
    parent,
    `import { startChild } from ${JSON.stringify(path.resolve('demo/supervisor/child.ts'))}
     await startChild({ name: 'part', args: ['-e', ${JSON.stringify(SERVES)}], env: {}, readyWhen: /ready/,
       logFolder: ${JSON.stringify(folder)}, limitMs: 10_000, onEnd() {},
       onSpawn: ({ pid }) => console.log(pid) })`,
  )
  const started = spawn(process.execPath, ['--import', 'tsx', parent])
  const pid = await new Promise<number>((resolve) =>
    started.stdout.once('data', (chunk) => resolve(Number(chunk))),
  )
  await vi.waitFor(
    () => expect(fs.readFileSync(path.join(folder, 'part.log'), 'utf8')).toMatch('ready'),
    10_000,
  )
  started.kill('SIGKILL')
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000)
})

function isAlive(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0)
  } catch {
    return false // No such process.
  }
}
