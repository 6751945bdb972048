import { env, pid } from 'node:process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { CounterFact, QueueFact } from '@/lib/journey/fact'
import { epochMs } from '@/lib/journey/types'
import { createGuard } from '../create-guard'
import { createFetch } from '../tls-fetch'
import { createRabbitSource } from './client'
import { manageBroker } from './fixtures/manage-broker'
import { queuePipeline } from './fixtures/queue-pipeline'
import { type RealBroker, takeBroker, whyNoBroker } from './fixtures/real-broker'
import { startStompConsumer } from './fixtures/stomp-consumer'

// A busy machine takes its time, and so do statistics.
vi.setConfig({ testTimeout: 120_000 })

const { RABBITMQ_TEST_URL } = env
const why = whyNoBroker(RABBITMQ_TEST_URL)
const VHOST = `journey-${pid}`
const USERS = ['reader', 'stranger', 'tagless'].map((name) => `${VHOST}-${name}`)
const [READER = '', STRANGER = '', TAGLESS = ''] = USERS

describe.skipIf(why !== '')(`a real RabbitMQ${why}`, () => {
  let broker: RealBroker
  let manage: ReturnType<typeof manageBroker>
  let askedFor = 0

  beforeAll(async () => {
    askedFor = Date.now()
    broker = await takeBroker(RABBITMQ_TEST_URL)
    manage = manageBroker(broker, VHOST)
    await manage.addVhost()
    await manage.addUser(READER, 'monitoring')
    await manage.addUser(STRANGER, 'monitoring', false)
    await manage.addUser(TAGLESS, '')
    await manage.addQueue('crm_to_mes', {
      'x-queue-type': 'quorum',
      'x-delivery-limit': 3,
      'x-dead-letter-exchange': '',
      'x-dead-letter-routing-key': 'crm_to_mes.dlq',
    })
    await manage.addQueue('crm_to_mes.dlq')
    await manage.addQueue('mes_to_crm')
  }, 180_000)

  afterAll(async () => {
    await Promise.all(USERS.map((name) => manage.deleteUser(name)))
    await manage.deleteVhost()
    await broker.stop()
  }, 60_000)

  function source(user = READER, password = `${user}-pw`, vhost = VHOST) {
    const now = () => epochMs(Date.now())
    const { baseUrl } = broker
    const basic = `${user}:${password}`
    return createRabbitSource(
      {
        baseUrl,
        vhost,
        timeoutMs: 15_000,
        maxBytes: 4 * 1024 * 1024,
        fetch: createFetch({ baseUrl, basic, allowInsecure: true }),
        guard: createGuard({ source: 'rabbitmq', now, shareMs: 0 }),
        now,
      },
      queuePipeline({
        'crm->mes': { queues: ['crm_to_mes'], dlq: ['crm_to_mes.dlq'] },
        'mes->crm': { queues: ['mes_to_crm'], dlq: ['mes_to_crm.dlq'] },
      }),
    )
  }

  const queueIn = (facts: readonly (QueueFact | CounterFact)[], name: string) =>
    facts.find((fact): fact is QueueFact => fact.kind === 'queue' && fact.queue === name)

  /** Statistics come seconds after what they tell of. */
  const until = <T>(work: () => Promise<T>) => vi.waitFor(work, { timeout: 60_000, interval: 500 })

  test('shows what waits, whom nobody takes, and since when the oldest does', async () => {
    const published = Math.floor(Date.now() / 1_000) - 60
    for (let i = 0; i < 3; i++) await manage.publish('mes_to_crm', published + i)
    const reader = source()
    await until(async () => {
      const { facts, report } = await reader.read()
      expect(queueIn(facts, 'mes_to_crm')).toMatchObject({
        use: 'work',
        ready: 3,
        unacked: 0,
        consumers: 0,
        published: 3,
        headAt: published * 1_000,
      })
      expect(report.notes).toEqual([{ code: 'queue-missing', values: { queue: 'mes_to_crm.dlq' } }])
    })
  })

  test('has a history at the first look, and none from before the node began', async () => {
    await until(async () => {
      const { facts } = await source().read()
      const history = queueIn(facts, 'mes_to_crm')?.history ?? []
      expect(history.at(-1)).toMatchObject({ ready: 3, published: 3, consumers: null })
      // Of a node of our own it is known when it began; before, its samples say zero.
      if (broker.stompPort !== null) expect(history[0]?.at).toBeGreaterThan(askedFor)
    })
  })

  test('tells a consumer that holds messages from one that acknowledges them', async ({ skip }) => {
    if (broker.stompPort === null) return skip('this broker takes no consumer over STOMP')
    const where = { port: broker.stompPort, vhost: VHOST, login: broker.admin }
    for (let i = 0; i < 5; i++) await manage.publish('crm_to_mes', 0)
    const consumer = await startStompConsumer({ ...where, queue: 'crm_to_mes', prefetch: 2 })
    const reader = source()
    await until(async () => {
      const { facts } = await reader.read()
      expect(queueIn(facts, 'crm_to_mes')).toMatchObject({ ready: 3, unacked: 2, consumers: 1 })
    })
    consumer.ackAll()
    await until(async () => {
      const { facts } = await reader.read()
      expect(queueIn(facts, 'crm_to_mes')).toMatchObject({ ready: 1, unacked: 2, acked: 2 })
    })
    consumer.close()
    await until(async () => {
      const { facts } = await reader.read()
      expect(queueIn(facts, 'crm_to_mes')).toMatchObject({ consumers: 0, ready: 3, unacked: 0 })
    })
  })

  test('counts what came nowhere, and what was set aside, as rises', async () => {
    const reader = source()
    await reader.read()
    await manage.publish('no-such-queue', 0)
    await manage.publish('crm_to_mes.dlq', 0)
    await until(async () => {
      const { facts } = await reader.read()
      const counters = facts.filter((fact) => fact.kind === 'counter')
      expect(counters).toContainEqual(
        expect.objectContaining({ counter: 'dead-lettered', queue: 'crm_to_mes.dlq', by: 1 }),
      )
      expect(counters).toContainEqual(
        expect.objectContaining({ counter: 'unroutable', queue: null, by: 1 }),
      )
    })
  })

  test('knows the limits of a queue from its arguments and its policy', async () => {
    await manage.addPolicy('limits', '^crm_to_mes$', { 'delivery-limit': 7 })
    await until(async () => {
      const { facts } = await source().read()
      expect(queueIn(facts, 'crm_to_mes')?.attributes).toMatchObject({
        delivery_limit: { value: '3', class: 'B' },
        dead_letter_exchange: { value: 'set' },
        queue_type: { value: 'quorum' },
      })
    })
  })

  test.each([
    ['a wrong password', () => source(READER, 'wrong'), 'refused-login'],
    ['an unknown user', () => source('nobody', 'nobody'), 'refused-login'],
    ['no tag', () => source(TAGLESS), 'refused-tag'],
  ] as const)('says what is missing: %s', async (_, make, reason) => {
    const { facts, report } = await make().read()
    expect(facts).toEqual([])
    expect(report).toMatchObject({ state: 'missing', reason })
  })

  test('says that the virtual host is closed to us, or is not there', async () => {
    expect((await source(STRANGER).read()).report).toMatchObject({
      state: 'partial',
      reason: 'refused-vhost',
    })
    expect((await source(READER, undefined, 'nowhere').read()).report).toMatchObject({
      state: 'partial',
      reason: 'vhost-missing',
    })
  })

  test('describes itself to the doctor', async () => {
    expect(await source().describe()).toEqual({
      kind: 'seen',
      version: expect.stringMatching(/^\d+\.\d+/),
      user: READER,
      tags: ['monitoring'],
      hasVhost: true,
      mayLook: true,
      hasStatistics: true,
      missing: ['mes_to_crm.dlq'],
    })
    expect(await source(TAGLESS).describe()).toEqual({ kind: 'refused', why: 'tag' })
    expect(await source(STRANGER).describe()).toMatchObject({ hasVhost: true, mayLook: false })
  })
})
