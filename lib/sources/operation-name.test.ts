import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CANARIES, ENCODINGS, tellsCanary } from './fixtures/canaries'
import { testPipeline } from './fixtures/test-pipeline'
import { toEventName, toOperationName } from './operation-name'

const pipeline = testPipeline()

describe('toOperationName', () => {
  test.each([
    ['POST /orders/{id}/submit', 'POST /orders/{id}/submit'],
    ['GET', 'GET'],
    ['GET /orders/ORD-000018?mail=a@b.example', 'GET /orders/{id}'],
    ['/orders/:orderId', '/orders/{orderId}'],
    ['orders publish', 'orders publish'],
    ['<default> publish', '<default> publish'],
    ['publish orders:order.new', 'publish orders:order.new'],
    ['deliver order.new', 'deliver order.new'],
    ['S3.GetObject', 'S3.GetObject'],
    ['SELECT shop.orders', 'SELECT shop.orders'],
    ['postgresql', 'postgresql'],
    ['basic.ack', 'basic.ack'],
    ['OrderPoller.run', 'OrderPoller.run'],
    ['mes.calculate_price', 'mes.calculate_price'],
    ['take ORD-000018', '[operation]'],
    ['take-ORD-000018', 'take-{id}'],
    ['take_ord-000018_again', 'take_{id}_again'],
    ['order.take.ord-000018', 'order.take.{id}'],
    ['ORD-000018 process', '{id} process'],
    ['price for Jane Canary', '[operation]'],
    ['', '[operation]'],
  ])('makes of %j %j', (name, expected) => {
    expect(toOperationName(name, pipeline)).toBe(expected)
  })

  test('lets no canary pass', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(CANARIES)),
        fc.constantFrom(...Object.values(ENCODINGS)),
        fc.constantFrom('', 'GET /orders/', 'publish ', 'SELECT '),
        (secret, encode, before) => {
          // Four fifths of a card or an IBAN are a number like any other: only the whole is one.
          fc.pre(encode !== ENCODINGS.truncated)
          const name = `${before}${encode(secret)}`
          expect(tellsCanary(toOperationName(name, pipeline), secret)).toBe(false)
          expect(toEventName(encode(secret), pipeline)).toBe('[event]')
        },
      ),
    )
  })
})

describe('toEventName', () => {
  test('knows its own and hides the rest', () => {
    expect(
      ['exception', 'order.status_changed', 'mes.calculate_price', 'confirmed'].map((name) =>
        toEventName(name, pipeline),
      ),
    ).toEqual(['exception', 'order.status_changed', 'mes.calculate_price', '[event]'])
  })
})
