import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SourceError, type SourceFault } from '@/lib/errors'
import type { Pipeline } from '@/lib/journey/pipeline'
import { checkEnvironment } from './check-environment'
import { checkFiles } from './check-files'
import { checkJaeger } from './check-jaeger'
import { checkMetrics } from './check-metrics'
import { checkOidc } from './check-oidc'
import { checkOrders } from './check-orders'
import { checkPipeline } from './check-pipeline'
import { checkRabbitmq } from './check-rabbitmq'
import { toText } from './finding'

const complete = {
  BASE_URL: 'https://journey.company.test',
  STORE_URL: 'postgresql://app@db/store',
  OIDC_ISSUER: 'https://idp.company.test',
  OIDC_CLIENT_ID: 'order-journey',
  OIDC_CLIENT_SECRET: 'secret',
  OIDC_ROLE_MAP: '{"support-team":"support"}',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  ID_HASH_KEY: 'y'.repeat(32),
  AUDIT_SPOOL_FILE: '/var/lib/order-journey/audit.spool',
}

describe('checkEnvironment', () => {
  test('is content with what is complete', () => {
    const { env, findings } = checkEnvironment(complete)
    expect(env?.storeUrl).toBe(complete.STORE_URL)
    expect(findings).toEqual([
      { level: 'ok', subject: 'environment', says: 'for https://journey.company.test', cure: null },
    ])
  })

  test.each(Object.keys(complete))('names %s where it is missing', (name) => {
    const { env, findings } = checkEnvironment({ ...complete, [name]: undefined })
    expect(env).toBeNull()
    expect(findings).toMatchObject([{ level: 'missing', says: expect.stringContaining(name) }])
  })

  test('never prints a secret', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(complete)), fc.boolean(), (name, empty) => {
        const { findings } = checkEnvironment({
          ...complete,
          NEXTAUTH_SECRET: 'topsecret',
          OIDC_CLIENT_SECRET: 'topsecret',
          ...(empty && { [name]: '' }),
        })
        expect(findings.map(toText).join()).not.toContain('topsecret')
      }),
    )
  })

  test('warns of plain ways', () => {
    const { findings } = checkEnvironment({
      ...complete,
      BASE_URL: 'http://a.test',
      ALLOW_INSECURE: '1',
    })
    expect(findings.map(({ level }) => level)).toEqual(['ok', 'warn', 'warn'])
  })
})

describe('checkPipeline', () => {
  test('passes on what the file says of itself', () => {
    const { pipeline, findings } = checkPipeline('p.yaml', () => {
      throw new Error('p.yaml:7: systems[2].id: found nothing')
    })
    expect(pipeline).toBeNull()
    expect(findings).toMatchObject([
      { level: 'missing', says: expect.stringContaining('p.yaml:7') },
    ])
  })

  test('counts what it holds', () => {
    const pipeline = { systems: [1], statuses: [1, 2] } as unknown as Pipeline
    expect(checkPipeline('p.yaml', () => pipeline).findings[0]?.says).toBe(
      'p.yaml: 1 systems, 2 statuses',
    )
  })
})

describe('checkOrders', () => {
  test('names the variable of a database without an address, and looks at the others', async () => {
    const findings = await checkOrders(
      { shop: { copy: true }, 'mes-two': { copy: false } },
      (name) =>
        name === 'shop'
          ? { url: 'postgresql://db', caFile: '/ca.pem', certFile: undefined, keyFile: undefined }
          : null,
      async ({ name, copy, variable, tls }) => [
        { level: 'ok', subject: name, says: `${copy} ${variable} ${tls?.caFile}`, cure: null },
      ],
    )
    expect(findings.map(toText).join('')).toBe(
      `ok      shop: true ORDER_DB_SHOP /ca.pem
missing mes-two: ORDER_DB_MES_TWO_URL is not set
          ORDER_DB_MES_TWO_URL=postgresql://order_journey_reader:…@host/database
`,
    )
  })
})

describe('checkJaeger', () => {
  test('says how it will search', async () => {
    const found = { find: 'v3', get: 'v3', serviceless: true } as const
    expect(await checkJaeger(async () => found)).toEqual([
      {
        level: 'ok',
        subject: 'jaeger',
        says: 'searches by v3, reads by v3, all services at once',
        cure: null,
      },
    ])
  })

  test('warns where a search would not be filtered, and where there is none', async () => {
    const found = { find: 'v3-unfiltered', get: 'v3', serviceless: true } as const
    expect((await checkJaeger(async () => found)).map(({ level }) => level)).toEqual(['ok', 'warn'])
    expect(await checkJaeger(null)).toMatchObject([{ level: 'warn' }])
  })

  test.each<SourceFault>(['unreachable', 'timeout', 'rejected', 'malformed'])(
    'has a cure for %s',
    async (fault) => {
      const findings = await checkJaeger(() => Promise.reject(new SourceError('jaeger', fault)))
      expect(findings).toMatchObject([{ level: 'missing', cure: expect.stringMatching(/\S/) }])
    },
  )
})

describe('checkRabbitmq', () => {
  const seen = {
    kind: 'seen',
    version: '3.10.8',
    user: 'journey',
    tags: ['monitoring'],
    hasVhost: true,
    mayLook: true,
    hasStatistics: true,
    missing: [],
  } as const

  test('is content with a user that may only look', async () => {
    expect(await checkRabbitmq('/', async () => seen)).toEqual([
      { level: 'ok', subject: 'rabbitmq', says: 'RabbitMQ 3.10.8, as journey', cure: null },
    ])
    expect(await checkRabbitmq('/', null)).toMatchObject([{ level: 'warn' }])
  })

  test.each([
    ['too many rights', { tags: ['administrator'] }, 'set_user_tags journey monitoring'],
    ['no statistics', { hasStatistics: false }, 'rates_mode'],
    ['no virtual host', { hasVhost: false }, 'RABBITMQ_VHOST'],
    ['no permission', { mayLook: false }, "set_permissions -p 'orders' journey '^$' '^$' '^$'"],
    ['no queue', { missing: ['crm_to_mes.dlq'] }, '`dlq`'],
  ])('has an exact cure for %s', async (_, change, cure) => {
    const findings = await checkRabbitmq('orders', async () => ({ ...seen, ...change }))
    expect(findings.at(-1)?.cure).toContain(cure)
    expect(findings.at(-1)?.level).not.toBe('ok')
  })

  test.each([
    ['login', 'RABBITMQ_BASIC'],
    ['tag', 'monitoring'],
    ['vhost', "-p 'orders'"],
    ['right', 'monitoring'],
  ] as const)('has a cure for a refusal: %s', async (why, cure) => {
    const findings = await checkRabbitmq('orders', async () => ({ kind: 'refused', why }))
    expect(findings).toMatchObject([{ level: 'missing', cure: expect.stringContaining(cure) }])
  })

  test.each<SourceFault>(['unreachable', 'timeout', 'rejected', 'malformed'])(
    'has a cure for %s',
    async (fault) => {
      const broken = () => Promise.reject(new SourceError('rabbitmq', fault))
      expect(await checkRabbitmq('/', broken)).toMatchObject([
        { level: 'missing', cure: expect.stringMatching(/\S/) },
      ])
    },
  )
})

describe('checkOidc', () => {
  const issuer = new URL('https://idp.company.test')
  const stated = {
    issuer: 'https://idp.company.test',
    authorization_endpoint: 'https://idp.company.test/auth',
    token_endpoint: 'https://idp.company.test/token',
    jwks_uri: 'https://idp.company.test/jwks',
    end_session_endpoint: 'https://idp.company.test/end',
  }
  const answer = (body: unknown, status = 200) =>
    checkOidc(issuer, async () => Response.json(body, { status }))

  test('asks the issuer who it is', async () => {
    const asked: string[] = []
    const findings = await checkOidc(new URL('https://idp.test/realms/a'), async (input) => {
      asked.push(String(input))
      return Response.json({ ...stated, issuer: 'https://idp.test/realms/a' })
    })
    expect(asked).toEqual(['https://idp.test/realms/a/.well-known/openid-configuration'])
    expect(findings).toMatchObject([{ level: 'ok' }])
  })

  test.each([
    [
      'another issuer',
      { ...stated, issuer: 'https://evil.test' },
      200,
      'OIDC_ISSUER=https://evil.test',
    ],
    ['no issuer', {}, 200, 'OpenID provider'],
    ['404', {}, 404, 'OIDC_ISSUER'],
  ])('finds %s missing', async (_, body, status, cure) => {
    expect(await answer(body, status)).toMatchObject([
      { level: 'missing', cure: expect.stringContaining(cure) },
    ])
  })

  test('is content with the issuer, and warns where nobody can sign out', async () => {
    expect(await answer(stated)).toMatchObject([{ level: 'ok' }])
    expect(await answer({ ...stated, end_session_endpoint: undefined })).toMatchObject([
      { level: 'ok' },
      { level: 'warn' },
    ])
  })

  test('says why it could not be asked', async () => {
    const findings = await checkOidc(issuer, () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('ENOTFOUND') })),
    )
    expect(findings).toMatchObject([
      { level: 'missing', says: expect.stringContaining('ENOTFOUND') },
    ])
  })
})

const FAULTS: readonly SourceFault[] = [
  'timeout',
  'unreachable',
  'rejected',
  'malformed',
  'too-large',
  'busy',
  'open',
]

describe('checkFiles', () => {
  const tried = (state: 'there' | 'absent' | 'forbidden' | 'unclear', proven = false) =>
    checkFiles(async () => ({ state, proven, bucket: 'models' }))

  test('is content with a file that is found, or whose absence is proven', async () => {
    expect(await tried('there', true)).toMatchObject([{ level: 'ok' }])
    expect(await tried('absent', true)).toMatchObject([{ level: 'ok' }])
    expect(await checkFiles(async () => null)).toMatchObject([{ level: 'ok' }])
  })

  test('prints the rights that are missing', async () => {
    const [finding] = await tried('forbidden')
    expect(finding).toMatchObject({ level: 'missing' })
    expect(finding?.cure).toContain('"Action": "s3:GetObject", "Resource": "arn:aws:s3:::models/*"')
    expect(finding?.cure).toContain('"Action": "s3:ListBucket", "Resource": "arn:aws:s3:::models"')
  })

  test('names a bucket that answers 404 to everything, and what is not configured', async () => {
    expect(await tried('absent')).toMatchObject([
      { level: 'missing', cure: expect.stringContaining('S3_ENDPOINT') },
    ])
    expect(await tried('unclear')).toMatchObject([{ level: 'warn' }])
    expect(await checkFiles(null)).toMatchObject([{ level: 'warn' }])
  })

  test.each(FAULTS)('has a cure for %s', async (fault) => {
    const findings = await checkFiles(() => Promise.reject(new SourceError('s3', fault)))
    expect(findings).toMatchObject([{ level: 'missing', cure: expect.stringMatching(/\S/) }])
  })
})

describe('checkMetrics', () => {
  const spans = { calls: 'calls_total', duration: { metric: 'duration_seconds_bucket' } }
  const gauges = { ready: 'rabbitmq_detailed_queue_messages_ready', consumers: 'c' }
  const found = { spans, gauges, counters: ['x'] }

  test('says which names were found', async () => {
    expect(await checkMetrics(async () => found)).toMatchObject([
      { level: 'ok', says: 'calls_total, duration_seconds_bucket' },
      { level: 'ok', says: gauges.ready },
    ])
  })

  test.each([
    ['spans', { ...found, spans: null }, 'spanmetrics'],
    ['durations', { ...found, spans: { ...spans, duration: null } }, '"unit":"ms"'],
    ['queues', { ...found, gauges: {} }, '/metrics/detailed'],
    ['lost messages', { ...found, counters: [] }, '/metrics'],
  ])('prints how to have metrics of %s', async (_, described, cure) => {
    const findings = await checkMetrics(async () => described)
    const warnings = findings.filter(({ level }) => level === 'warn')
    expect(warnings).toMatchObject([{ cure: expect.stringContaining(cure) }])
  })

  test.each(FAULTS)('has a cure for %s', async (fault) => {
    const findings = await checkMetrics(() => Promise.reject(new SourceError('prometheus', fault)))
    expect(findings).toMatchObject([{ level: 'missing', cure: expect.stringMatching(/\S/) }])
    expect(await checkMetrics(null)).toMatchObject([{ level: 'warn' }])
  })
})
