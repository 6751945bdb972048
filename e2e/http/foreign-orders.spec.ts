import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from '../fixtures'
import { type Answer, ask, askRsc, cookieFor, requestIdOf } from './asked'
import { FOLDER, orderIds, query, rowsOf } from './demo'

const ORDERS = 30
/** What addresses and forms show as an example, whoever asks. */
const EXAMPLE = 'ORD-000017'

type Person = { readonly full_name: string; readonly phone: string; readonly email: string }

let answers: readonly { readonly id: string; readonly kind: string; readonly answer: Answer }[] = []
let canaries: readonly string[] = []

test.beforeAll(async () => {
  test.setTimeout(90_000)
  const cookie = await cookieFor({ roles: ['support', 'manager', 'devops'] })
  const got = []
  for (const id of await orderIds(ORDERS)) {
    got.push({ id, kind: 'JSON', answer: await ask(`/api/orders/${id}/journey`, { cookie }) })
    got.push({ id, kind: 'HTML', answer: await ask(`/orders/${id}`, { cookie }) })
    got.push({ id, kind: 'RSC', answer: await askRsc(`/orders/${id}`, { cookie }) })
  }
  answers = got
  canaries = await findCanaries()
})

/** What the company’s spans and tables hold of people, and must never be seen here. */
async function findCanaries(): Promise<readonly string[]> {
  const people = await query<Person>('demo_shop', PEOPLE)
  return [...new Set(people.flatMap(({ full_name, phone, email }) => [full_name, phone, email]))]
    .filter((text) => text?.length > 6)
    .map((text) => text.trim())
}

type Twins = { readonly id: string; readonly twin: string }

const TWINS = `select a.order_no as id, b.order_no as twin
  from mes.orders a join mes.orders b using (partner_id, partner_order_no) where a.order_no <> b.order_no`

const PEOPLE = 'select full_name, phone, email from shop.customers'

test('every answer is whole', () => {
  for (const { id, kind, answer } of answers) expect(answer.status, `${kind} of ${id}`).toBe(200)
  expect(canaries.length).toBeGreaterThan(100)
})

test('polls carry many orders, and their traces show one', () => {
  const shared = answers.filter(
    ({ kind, answer }) => kind === 'JSON' && /"shared":true/.test(answer.text),
  )
  expect(shared.length).toBeGreaterThan(0)
})

test('no answer holds the id of another order, but of one that is the same a second time', async () => {
  const twins = new Set(
    (await query<Twins>('demo_mes', TWINS)).map(({ id, twin }) => `${id} ${twin}`),
  )
  const foreign = answers.flatMap(({ id, kind, answer }) =>
    [...new Set(answer.text.match(/ORD-\d{6,12}/g))]
      .filter((other) => other !== id && other !== EXAMPLE && !twins.has(`${id} ${other}`))
      .map((other) => `${kind} of ${id}: ${other}`),
  )
  expect(foreign).toEqual([])
})

test('no name, telephone, mail address, card or literal of a statement is in an answer', () => {
  const leaks = answers.flatMap(({ id, kind, answer }) =>
    findLeaks(answer.text).map((leak) => `${kind} of ${id}: ${leak}`),
  )
  expect(leaks).toEqual([])
})

const PATTERNS: readonly RegExp[] = [
  /[\w.]+@mail\.example/,
  /orders@\w+\.example/,
  /\+7[ (]?9\d\d/,
  /\b4\d{3}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b/,
  /values \((?!\?)[^)]*'[^']+'/i,
  /(contact_email|ship_to_name|ship_to_phone) = '/,
  /where order_no = '/,
]

const findLeaks = (text: string): readonly string[] => [
  ...canaries.filter((canary) => text.includes(canary)),
  ...PATTERNS.flatMap((pattern) => pattern.exec(text)?.[0] ?? []),
]

test('nor in a log', () => {
  const logs = fs.readdirSync(FOLDER).filter((name) => /^(front-door|idp)\.log$/.test(name))
  expect(logs).toContain('front-door.log')
  for (const name of logs) {
    const text = fs.readFileSync(path.join(FOLDER, name), 'utf8')
    expect(findLeaks(text)).toEqual([])
    expect(text.match(/ORD-\d{6,12}/g) ?? []).toEqual([])
  }
})

test('nor in an audit row', async () => {
  const rows = await rowsOf(answers.map(({ answer }) => requestIdOf(answer)))
  expect(rows.length).toBeGreaterThanOrEqual(ORDERS)
  const all = await query<{ text: string }>(
    'order_journey',
    `select coalesce(string_agg(concat_ws(' ', actor_sub, roles, scope, action, resource_id, reason), ' '), '')
         as text from store.audit_event where ts > now() - interval '1 hour'`,
  )
  expect(findLeaks(all[0]?.text ?? '')).toEqual([])
})
