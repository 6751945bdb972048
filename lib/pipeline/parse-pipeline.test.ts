import { describe, expect, it } from 'vitest'
import { alexandrite, change, second } from './fixtures/files'
import { parsePipeline } from './parse-pipeline'

describe('the two companies', () => {
  it('reads the default', () => {
    const pipeline = parsePipeline(alexandrite, 'alexandrite.yaml')
    expect(pipeline.statuses.map(({ id, rank }) => [rank, id])).toEqual([
      [1, 'INITIATED'],
      [2, 'FILE_UPLOADED'],
      [3, 'SUBMITTED'],
      [4, 'PRICE_CALCULATED'],
      [5, 'MANUFACTURING_APPROVED'],
      [6, 'MANUFACTURING_STARTED'],
      [7, 'MANUFACTURING_COMPLETED'],
      [8, 'PACKAGING'],
      [9, 'SHIPPED'],
      [10, 'CLOSED'],
    ])
    expect(pipeline.statuses[2]).toMatchObject({
      owner: { shop: 'shop', partner: 'mes' },
      handedTo: { shop: ['crm', 'mes'], partner: [] },
      label: { en: 'Placed', ru: 'Оформлен' },
    })
    expect(pipeline.statuses[3]?.limits).toEqual([
      {
        validFrom: Date.parse('2025-12-31T21:00:00Z'),
        warn: { clock: 'business', ms: 8 * 3_600_000 },
        critical: { clock: 'wall', ms: 3 * 86_400_000 },
      },
    ])
    expect(pipeline.calendar.hours).toEqual([
      [540, 780],
      [840, 1080],
    ])
    expect(pipeline.channels.map(({ id, entry, maySkip }) => [id, entry, maySkip.length])).toEqual([
      ['shop', 'shop', 1],
      ['partner', 'mes', 3],
    ])
    expect(pipeline.channels[1]?.path).toEqual(pipeline.channels[0]?.path)
    expect(
      pipeline.handoffs.map(({ from, to, transport }) => `${from} ${transport} ${to}`),
    ).toEqual(['shop db-poll crm', 'crm amqp mes', 'mes amqp crm'])
    expect(pipeline.extraTransitions).toEqual([
      {
        name: 'release',
        from: 'MANUFACTURING_STARTED',
        to: 'MANUFACTURING_APPROVED',
        by: 'mes',
        handedTo: ['crm'],
      },
    ])
    expect(pipeline.sampling).toEqual({
      orderTraffic: 1,
      retentionMs: 30 * 86_400_000,
      ingestLagMs: 60_000,
    })
    expect(pipeline.names.queues).toEqual([
      'crm_to_mes',
      'crm_to_mes.dlq',
      'mes_to_crm',
      'mes_to_crm.dlq',
    ])
    expect(pipeline.pricing?.spans.test('order.calculate_price')).toBe(true)
    expect(pipeline.closing).toMatchObject({ system: 'crm', within: 'SHIPPED' })
    expect(pipeline.closing?.spans.test('POST /carrier/callback')).toBe(true)
    expect(pipeline.parts?.map(({ id, system }) => `${id} ${system}`)).toEqual([
      'catalogue shop',
      'editor shop',
      'partner-api mes',
    ])
    expect(pipeline.parts?.[0]?.spans.test('GET /catalogue/search')).toBe(true)
    expect(pipeline.sameOrderWithinMs).toBe(600_000)
    expect(pipeline.handoffs.map(({ giveUpAfter }) => giveUpAfter)).toEqual([2, 2, 2])
    expect(pipeline.channels.map(({ placedBy }) => placedBy)).toEqual(['customer', 'partner'])
    expect(pipeline.names.operations.some((name) => name.test('order.take'))).toBe(true)
    expect(pipeline.defaultLocale).toBe('ru')
    expect(
      pipeline.milestones.map(({ id, reached, proof, told }) => [id, reached?.shop, proof, told]),
    ).toEqual([
      ['saved', 'SUBMITTED', 'record', false],
      ['uploaded', 'FILE_UPLOADED', 'file', false],
      ['priced', 'PRICE_CALCULATED', 'record', true],
      ['in-production', 'MANUFACTURING_STARTED', 'record', false],
      ['sent', 'SHIPPED', 'record', true],
      ['confirmed', 'CLOSED', 'record', false],
    ])
  })

  it('reads a company that shares nothing with it', () => {
    const pipeline = parsePipeline(second, 'second-company.yaml')
    expect(pipeline.statuses.map(({ id }) => id)).toEqual([
      'rascunho',
      'encomendado',
      'pago',
      'em soldadura',
      'pronto',
      'entregue',
      'anulado',
    ])
    expect(pipeline.databases).toEqual({
      loja: { copy: false },
      financas: { copy: true },
      oficina: { copy: false },
    })
    expect(pipeline.names.routingKeys).toEqual(['encomenda.paga'])
    expect(pipeline.channels[0]?.fileKey).toBe('encomendas/{orderId}/quadro.step')
    expect(pipeline.milestones.map(({ id, reached }) => [id, reached])).toEqual([
      ['encomenda', { balcao: 'encomendado' }],
      ['desenho', undefined],
      ['pagamento', { balcao: 'pago' }],
      ['entrega', { balcao: 'entregue' }],
    ])
    expect(pipeline).not.toHaveProperty('pricing')
    expect(pipeline.components[0]).not.toHaveProperty('probe')
  })

  it('puts limits in the order in which they came into force, each at its local midnight', () => {
    const ordered = parsePipeline(second, 'p.yaml').statuses[1]
    expect(ordered?.limits.map(({ validFrom }) => new Date(validFrom).toISOString())).toEqual([
      '2026-03-01T00:00:00.000Z', // Winter: Lisbon is on UTC.
      '2026-06-30T23:00:00.000Z', // Summer: one hour ahead.
    ])
  })

  it('takes an instant as it stands', () => {
    const welding = parsePipeline(second, 'p.yaml').statuses[3]
    expect(welding?.limits[0]?.validFrom).toBe(Date.parse('2026-03-01T08:30:00Z'))
  })
})
