import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allow, type ForeignValue } from './allow'
import { ALLOW_LIST } from './allow-list'
import { CANARIES, DIGITS, ENCODINGS, tellsCanary } from './fixtures/canaries'
import { testPipeline } from './fixtures/test-pipeline'

const pipeline = testPipeline()

const allowed = (attributes: Readonly<Record<string, ForeignValue>>) =>
  allow(Object.entries(attributes), pipeline)

const textOf = (key: string, value: ForeignValue) =>
  Object.values(allowed({ [key]: value }).kept)[0]?.value ?? null

describe('allow', () => {
  test('brings old and vendor names to one, the newest first', () => {
    expect(
      allowed({
        'http.method': 'GET',
        'http.request.method': 'POST',
        'db.statement': "SELECT * FROM shop.orders WHERE email = 'a@b.example'",
        'messaging.operation': 'publish',
        'user.id': 'u-7',
        'operator.id': 'op-3',
        orderId: 'ord-000017',
      }).kept,
    ).toEqual({
      'customer.id': { value: 'u-7', class: 'HC' },
      'db.query.text': { value: 'SELECT * FROM shop.orders WHERE email = ?', class: 'B' },
      'http.request.method': { value: 'POST', class: 'A' },
      'messaging.operation.type': { value: 'send', class: 'A' },
      'operator.id': { value: 'op-3', class: 'HS' },
      'order.id': { value: 'ORD-000017', class: 'A' },
    })
  })

  test('shows only the end of a file key', () => {
    expect(allowed({ 'aws.s3.key': 'orders/17/model.stl' }).kept['aws.s3.key']).toEqual({
      value: 'orders/17/model.stl',
      shown: 'odel.stl',
      class: 'B',
    })
  })

  test('reads a header only where it is an alias of the order id, and for nobody', () => {
    expect(
      allowed({
        'messaging.header.x-order-id': '["ORD-000017"]',
        'messaging.header.x-customer': 'ORD-000018',
      }),
    ).toEqual({
      kept: { 'messaging.header.x-order-id': { value: 'ORD-000017', class: 'R' } },
      hidden: 1,
    })
  })

  test('takes an array of one for its element and hides longer ones', () => {
    expect(textOf('partner.id', ['p-1'])).toBe('p-1')
    expect(textOf('partner.id', '["p-1"]')).toBe('p-1')
    expect(textOf('partner.id', ['p-1', 'p-2'])).toBe(null)
    expect(textOf('partner.id', null)).toBe(null)
  })

  test('counts what it drops and changes nothing else when something unknown is added', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(
            fc.string().map((key) => `unknown.${key}`),
            fc.string(),
          ),
          { maxLength: 9 },
        ),
        (unknown) => {
          const own = [['http.request.method', 'GET']] as const
          const { kept, hidden } = allow([...own, ...unknown], pipeline)
          expect(kept).toEqual(allow(own, pipeline).kept)
          expect(hidden).toBe(unknown.length)
        },
      ),
    )
  })

  test('keeps at most 64 attributes of ten thousand', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => [`tag.${index}`, 'x'] as const)
    expect(allow([...many, ['http.request.method', 'GET'] as const], pipeline)).toMatchObject({
      hidden: 10_000,
      kept: { 'http.request.method': { value: 'GET' } },
    })
  })

  // One value that each validator accepts, and one that it refuses.
  test.each([
    ['http.request.method', 'GET', 'GETS'],
    ['http.response.status_code', '200', '999'],
    ['http.request.body.size', '123456789012', '-1'],
    ['exception.escaped', 'true', 'yes'],
    ['rabbitmq.record.queue_time_ms', '12.5', '9999999999'],
    ['messaging.message.id', 'm-1', 'm 1'],
    ['error.type', 'java.io.IOException', '1st'],
    ['container.id', 'abcdef012345', 'abc'],
    ['k8s.pod.uid', '550e8400-e29b-41d4-a716-446655440000', '550e8400'],
    ['service.version', '1.2.3', '-1'],
    ['order.id', 'ORD-000017', 'ORD-17'],
    ['order.channel', 'shop', 'market'],
    ['server.address', 'crm.internal', '10.0.0.1'],
    ['server.port', '5672', '70000'],
    ['http.route', '/orders/{id}', 'orders'],
    ['db.query.text', 'SELECT 1', `SELECT ${'a '.repeat(2_000)}`],
    ['db.query.summary', 'SELECT shop.orders', 'x'.repeat(300)],
    ['db.response.status_code', '23505', '2350é'],
    ['otel.status_description', 'mesh has 3 holes', 'mail a@b.example failed'],
    ['exception.stacktrace', 'at Mes.Price()', 'no frames here'],
    ['messaging.destination.name', 'orders:order.new', 'a b'],
    ['aws.s3.bucket', 'models', 'Models'],
    ['aws.s3.key', 'a/b.stl', 'a b.stl'],
    ['file.etag', '"0123456789abcdef0123456789abcdef-2"', 'xyz'],
    ['k8s.pod.name', 'mes-7f', 'Mes'],
    ['code.file.path', '/src/app/Price.cs', '/src/app/Pr ice.cs'],
    ['price.calc.result', 'timeout', 'maybe'],
    ['rpc.grpc.status_code', 'OK', '99'],
    ['deployment.environment.name', 'prod', 'prod 1'],
    ['messaging.rabbitmq.message.delivery_tag', '9223372036854775807', '9223372036854775809'],
  ])('%s accepts %s and refuses %s', (key, good, bad) => {
    expect(textOf(key, good)).not.toBe(null)
    const refused = textOf(key, bad)
    expect(refused === null || refused === '[query hidden]').toBe(true)
  })

  test('has no named row that a key pattern forbids', () => {
    const keys = ALLOW_LIST.flatMap(({ key, names }) => [key, ...names])
    expect(new Set(keys).size).toBe(keys.length)
    expect(
      keys.filter((key) => /pass|secret|token|cookie|session|card|iban|cvv/.test(key)),
    ).toEqual([])
  })
})

describe('the canaries', () => {
  const fields = ALLOW_LIST.filter(({ check }) => check.net !== 'none')

  test.each(Object.entries(CANARIES))('%s survives in no field and no encoding', (kind, secret) => {
    const survivors = Object.entries(ENCODINGS).flatMap(([encoding, encode]) =>
      fields.flatMap(({ key, check }) => {
        // What an identifier may look like cannot be told from a secret cut short.
        if (check.net === 'identifier' && (DIGITS.includes(kind) || encoding === 'truncated'))
          return []
        const { kept } = allowed({ [key]: encode(secret) })
        return tellsCanary(JSON.stringify(kept), secret) ? [`${key} ${encoding}`] : []
      }),
    )
    expect(survivors).toEqual([])
  })

  test('survive neither inside other text nor as a key', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.entries(CANARIES)),
        fc.constantFrom(...Object.values(ENCODINGS)),
        fc.constantFrom(...fields),
        fc.stringMatching(/^[a-z ]{0,12}$/),
        ([kind, secret], encode, { key, check }, around) => {
          const hidden = encode(secret)
          fc.pre(check.net === 'all' || (!DIGITS.includes(kind) && hidden.length >= secret.length))
          const { kept } = allowed({ [key]: `${around} ${hidden} ${around}`, [hidden]: 'x' })
          expect(tellsCanary(JSON.stringify(kept), secret)).toBe(false)
        },
      ),
    )
  })

  test('do not cost an identifier its digits', () => {
    const ids = [CANARIES.card ?? '', '4111111111111111', '6011000990139424', '378282246310005123']
    for (const id of ids)
      for (const key of [
        'messaging.message.id',
        'messaging.destination.name',
        'file.id',
        'partner.id',
      ])
        expect(textOf(key, id)).toBe(id)
    for (const id of ids) expect(textOf('exception.message', `card ${id}`)).toBe(null)
  })
})
