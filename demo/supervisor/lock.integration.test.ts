import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { markOf, releaseLock, rememberChildren, takeLock } from './lock'

function emptyFolder(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demo-lock-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  return folder
}

/** A process that does nothing, under a command that says what we like. */
async function idle(...words: string[]): Promise<ChildProcess & { readonly pid: number }> {
  const code = 'setInterval(() => {}, 1000); console.log("up")'
  const child = spawn(process.execPath, ['-e', code, '--', ...words])
  onTestFinished(() => void child.kill('SIGKILL'))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return Object.assign(child, { pid: child.pid ?? 0 })
}

const write = (folder: string, name: string, value: unknown) =>
  fs.writeFileSync(path.join(folder, name), JSON.stringify(value))

test('says who has the folder, and where, and takes nothing from them', async () => {
  const folder = emptyFolder()
  const holder = await idle('demo/main.ts')
  write(folder, 'demo.lock', [{ name: 'demo', pid: holder.pid }])
  await expect(takeLock(folder)).rejects.toThrow(`The demo is starting (process ${holder.pid}`)

  write(folder, 'demo.json', { baseUrl: 'http://127.0.0.1:4200' })
  await expect(takeLock(folder)).rejects.toThrow('The demo runs at http://127.0.0.1:4200')
  expect(fs.readdirSync(folder).toSorted()).toEqual(['demo.json', 'demo.lock'])
})

test('takes the folder of a demo that is gone, or whose number another has now', async () => {
  const folder = emptyFolder()
  const other = await idle('something-else')
  for (const pid of [other.pid, 2 ** 22 + 1]) {
    write(folder, 'demo.lock', [{ name: 'demo', pid }])
    await takeLock(folder)
    expect(JSON.parse(fs.readFileSync(path.join(folder, 'demo.lock'), 'utf8'))).toEqual([
      { name: 'demo', pid: process.pid },
    ])
  }
})

test('takes a folder whose lock a kill cut short', async () => {
  const folder = emptyFolder()
  fs.writeFileSync(path.join(folder, 'demo.lock'), '[{"na')
  await takeLock(folder)
  releaseLock(folder)
  expect(fs.readdirSync(folder)).toEqual([])
})

test('ends the children that a killed demo left, and nobody else', async () => {
  const folder = emptyFolder()
  const child = await idle(markOf(folder))
  const stranger = await idle(markOf(`${folder}-other`))
  rememberChildren(folder, [
    { name: 'child', pid: child.pid },
    { name: 'stranger', pid: stranger.pid },
  ])
  await takeLock(folder)
  await vi.waitFor(() => expect(child.signalCode).toBe('SIGTERM'))
  expect(stranger.exitCode ?? stranger.signalCode).toBeNull()
})
