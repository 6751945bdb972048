import fs from 'node:fs'
import path from 'node:path'
import { argv, env } from 'node:process'
import { createBrowser } from './browser'
import { findPerson } from './idp/people'

/** `npm run -s demo:login -- support` prints the `Cookie` header of somebody with that role, or that login. */
const who = argv[2] ?? 'support'
const person = findPerson(who)
if (!person) fail(`Nobody in the demo is, or has the role, ${who}`)

const folder = env.DATA_DIR ?? '.data/demo'
const demo = readJson(path.join(folder, 'demo.json'))
const baseUrl = env.BASE_URL ?? demo.baseUrl ?? 'http://127.0.0.1:4200'
const { passwords } = readJson(path.join(env.DATA_DIR ?? demo.dataDir ?? folder, 'idp.json'))
const password = (passwords as unknown as Record<string, string> | undefined)?.[person.login]
if (!password) fail(`No password for ${person.login} in ${folder}: has the demo been started?`)

const browser = createBrowser()
const start = `${baseUrl}/api/auth/signin/oidc`
const signInPage = await browser.open(start, { form: { returnTo: '/' }, origin: baseUrl })
await browser.open(signInPage.url, { form: { login: person.login, password } })
const cookie = browser
  .cookiesFor(baseUrl)
  .split('; ')
  .filter((pair) => pair.includes('session-token'))
  .join('; ')
if (!cookie) fail(`Signing in as ${person.login} failed at ${baseUrl}`)
process.stdout.write(`${cookie}\n`)

function readJson(file: string): Record<string, string | undefined> {
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {}
}

function fail(sentence: string): never {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
