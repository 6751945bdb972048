import { describe, expect, test } from 'vitest'
import { permitted, permittedTrace } from '@/lib/access/fixtures/permitted'
import { epochMs } from '@/lib/journey/types'
import type { TraceQuestion } from '../answers'
import { createGuard } from '../create-guard'
import { AT, testPipeline } from '../fixtures/test-pipeline'
import { createJaegerSource, type JaegerConfig } from './client'
import { recordedJaeger, VERSIONS } from './fixtures/recorded-jaeger'

const NOW = epochMs(AT + 600_000)
const SHOP_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736'
const MES_TRACE = '00000000000000001111111111111111'

const NOTHING_KNOWN: TraceQuestion = { traceIds: [], moments: [], createdAt: null }

function source(fetch: typeof globalThis.fetch, change: Partial<JaegerConfig> = {}) {
  const now = () => NOW
  return createJaegerSource(
    {
      baseUrl: new URL('http://jaeger.test/'),
      dialect: 'auto',
      storage: 'unknown',
      timeoutMs: 1_000,
      maxBytes: 1_000_000,
      fetch,
      guard: createGuard({ source: 'jaeger', now }),
      now,
      ...change,
    },
    testPipeline(),
  )
}

describe.each(VERSIONS)('Jaeger %s', (version) => {
  test('is recognised by its bodies', async () => {
    const { fetch } = recordedJaeger(version)
    expect(await source(fetch).describe()).toEqual(
      {
        'v1.76.0': { find: 'legacy', get: 'v3', serviceless: false },
        'v2.20.0': { find: 'v3', get: 'v3', serviceless: false },
        'main-2026-08-20': { find: 'v3', get: 'v3', serviceless: true },
      }[version],
    )
  })

  test('gives both traces of the order by their ids', async () => {
    const { fetch } = recordedJaeger(version)
    const { facts, report } = await source(fetch).read(await permitted('ALX-42'), {
      ...NOTHING_KNOWN,
      traceIds: [SHOP_TRACE, '1111111111111111'],
      moments: [AT],
    })
    expect(
      facts.map(({ name, system, traceId, shared }) => [name, system, traceId, shared]),
    ).toEqual([
      ['POST /api/orders', 'shop', SHOP_TRACE, false],
      ['S3.PutObject', 'shop', SHOP_TRACE, false],
      ['orders publish', 'shop', SHOP_TRACE, false],
      ['orphan', 'shop', SHOP_TRACE, true],
      ['orders process', 'mes', MES_TRACE, false],
      ['PriceCalculator.Run', 'mes', MES_TRACE, false],
    ])
    expect(report).toMatchObject({ source: 'jaeger', state: 'ok', reason: null, notes: [] })
  })

  test('finds the order by a search, and the other trace by its link', async () => {
    const { fetch } = recordedJaeger(version)
    const { facts } = await source(fetch).read(await permitted('alx-42'), {
      ...NOTHING_KNOWN,
      moments: [AT],
    })
    expect(new Set(facts.map(({ traceId }) => traceId))).toEqual(new Set([SHOP_TRACE, MES_TRACE]))
  })

  test('keeps the dialect out of the facts', async () => {
    const answers = await Promise.all(
      [recordedJaeger(version), recordedJaeger('v2.20.0')].map(async ({ fetch }, index) =>
        source(fetch, { dialect: index === 0 ? 'auto' : 'legacy' }).read(
          await permitted('ALX-42'),
          {
            ...NOTHING_KNOWN,
            traceIds: [SHOP_TRACE, MES_TRACE],
            moments: [AT],
          },
        ),
      ),
    )
    // Telemetry attributes of arrays and maps differ in form between the dialects, and are hidden in both.
    expect(answers[0]?.facts).toEqual(answers[1]?.facts)
  })

  test('does not take traces of others for those of an order that is nowhere', async () => {
    const { fetch } = recordedJaeger(version)
    const jaeger = source(fetch)
    expect(await jaeger.sight('ORD-000001')).toBe(false)
    const { facts } = await jaeger.read(await permitted('ORD-000001'), {
      ...NOTHING_KNOWN,
      moments: [AT],
    })
    expect(facts).toEqual([])
  })

  test('sights the order, and resolves a trace to it', async () => {
    const { fetch } = recordedJaeger(version)
    const jaeger = source(fetch)
    expect(await jaeger.sight('alx-42')).toBe(true)
    expect(await jaeger.ordersOn('1111111111111111')).toEqual(['ALX-42'])
    expect(await jaeger.resolve(await permittedTrace(SHOP_TRACE))).toEqual(['ALX-42'])
    expect(await jaeger.ordersOn('f'.repeat(32))).toEqual([])
    expect(await jaeger.ordersOn('not-a-trace')).toEqual([])
  })

  test('is heard doing what its spans of any order did, and tells of none', async () => {
    const { fetch } = recordedJaeger(version)
    const heard = await source(fetch).hear([
      { service: 'shop', work: 'serve' },
      { service: 'shop', work: 'publish' },
      { service: 'mes', work: 'consume' },
      { service: 'crm-api', work: 'take' },
    ])
    const doings = new Set(heard.map(({ service, work, where }) => `${service} ${work} ${where}`))
    expect([...doings].sort()).toEqual([
      'mes consume null',
      'shop publish orders',
      'shop serve null',
    ])
    expect(JSON.stringify(heard)).not.toMatch(/ALX/i)
  })

  test('says that a known trace is gone', async () => {
    const { fetch } = recordedJaeger(version)
    const { facts, report } = await source(fetch).read(await permitted('ORD-000001'), {
      ...NOTHING_KNOWN,
      traceIds: ['f'.repeat(32)],
      moments: [AT],
    })
    expect(facts).toEqual([])
    expect(report.notes).toContainEqual({ code: 'trace-gone', values: { traces: 1 } })
  })
})
