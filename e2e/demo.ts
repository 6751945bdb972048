import { execFile } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect } from '@playwright/test'
import { z } from 'zod'
import { createBrowser } from '../demo/browser'
import { findPerson } from '../demo/idp/people'

const running = z.object({
  baseUrl: z.url(),
  controlUrl: z.url(),
  tracesUrl: z.url(),
  shopUrl: z.string(),
  mesUrl: z.string(),
})
const keys = z.object({ passwords: z.record(z.string(), z.string()) })

const folder = () => path.resolve(process.env.E2E_DATA_DIR ?? '.data/e2e')
const readJson = (name: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(folder(), name), 'utf8'))

/** Where the demo of these tests is, and everything behind it. */
export const readDemo = () => running.parse(readJson('demo.json'))

const signedIn = new Map<string, Promise<string>>()

/** The `Cookie` header of somebody with this role, or this login: signed in once, by the real code flow. */
export function cookieOf(who: string): Promise<string> {
  const known = signedIn.get(who) ?? signIn(who)
  signedIn.set(who, known)
  return known
}

/** A session of its own, which a test may end. */
export async function signIn(who: string): Promise<string> {
  const { baseUrl } = readDemo()
  const login = findPerson(who)?.login ?? ''
  const password = keys.parse(readJson('idp.json')).passwords[login]
  if (!password) throw new Error(`Nobody in the demo is ${who}`)

  const browser = createBrowser()
  const start = `${baseUrl}/api/auth/signin/oidc`
  const form = await browser.open(start, { form: { returnTo: '/' }, origin: baseUrl })
  await browser.open(form.url, { form: { login, password } })
  const cookies = browser.cookiesFor(baseUrl).split('; ')
  return cookies.filter((pair) => pair.includes('session-token')).join('; ')
}

/** A plain request without a browser: what leaves the server, byte for byte. */
export async function ask(address: string, headers: Readonly<Record<string, string>> = {}) {
  return fetch(new URL(address, readDemo().baseUrl), {
    redirect: 'manual',
    headers: { 'accept-language': 'en', ...headers },
  })
}

export type Source = 'jaeger' | 'shop' | 'mes'
export const SOURCES: readonly Source[] = ['jaeger', 'shop', 'mes']

/** Tells a source how to behave, as `npm run demo:source` does. */
export async function setSource(source: Source, mode: string): Promise<void> {
  const response = await fetch(`${readDemo().controlUrl}/sources/${source}`, {
    method: 'POST',
    body: JSON.stringify({ mode }),
  })
  expect(await response.text()).toBe(`${source} is ${mode}\n`)
}

const run = promisify(execFile)

/** Makes an order fail as `npm run demo:inject` does, and answers its id. */
export async function inject(failure: string, ...options: readonly string[]): Promise<string> {
  const tool = ['--conditions=react-server', '--import', 'tsx', 'demo/inject.ts']
  const { stdout } = await run(process.execPath, [...tool, failure, ...options], {
    env: { ...process.env, DEMO_DATA_DIR: folder() },
  })
  return stdout.trim().split('/').at(-1) ?? ''
}

/** Ids of the orders that are destined to fail, as the demo knows them. */
export const flawedOrders = (): readonly string[] =>
  fs
    .readFileSync(path.join(folder(), 'truth.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => z.object({ orderId: z.string() }).parse(JSON.parse(line)).orderId)
