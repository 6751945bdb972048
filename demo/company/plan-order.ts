import type { Arrival } from './arrivals'
import type { Draft, Trouble } from './draft'
import { act, change, fails, heal, hop, noteFailure, uuid } from './draft'
import type { Flaw } from './flaw'
import type { Model, Order } from './order'
import { orderId } from './order'
import { customer, OPERATORS, PARTNERS, SELLERS } from './people'
import { price } from './pricing'
import { productionPart } from './production-part'
import type { Random } from './random'
import { random } from './random'
import { nextPoll, shopPart } from './shop-part'
import { MINUTE } from './time'
import type { World } from './world'

/** Where every model is stored. */
export const BUCKET = 'models-prod'

/** An order whose customer has done what the customer does; CRM's poll comes next. */
export type Begun = {
  readonly draft: Draft
  readonly arrival: Arrival
  readonly model: Model
  readonly readyAt: number
}

/** The customer's or the partner's part. */
export function begin(world: World, arrival: Arrival, flaw: Flaw | null): Begun {
  const chance = random(`${world.seed}/order/${arrival.number}`)
  const draft: Draft = {
    world,
    chance,
    flaw,
    id: orderId(arrival.number),
    changes: [],
    acts: [],
    deadLetters: [],
    failures: [],
    pricingStarts: [],
    crmTakenAt: null,
    mesTakenAt: null,
  }
  const model = makeModel(chance, draft, arrival)
  const readyAt =
    arrival.channel === 'shop' ? shopPart(draft, arrival, model) : Number.POSITIVE_INFINITY
  return { draft, arrival, model, readyAt }
}

/** The rest of the story, once it is known which place the order has in the poll that takes it. */
export function finish({ draft, arrival, model, readyAt }: Begun, place: number): Order {
  const { chance } = draft
  const people = {
    seller: chance.pick(SELLERS),
    operator: chance.pick(OPERATORS),
    second: chance.pick(OPERATORS),
  }
  const partner = arrival.channel === 'partner' ? chance.pick(PARTNERS) : null
  const partnerOrderNo = partner
    ? `${partner.id.slice(8, 10).toUpperCase()}-${chance.whole(10_000, 99_999)}`
    : null
  const pricedInCrm = partner
    ? partnerPart(draft, arrival.at, model)
    : takePart(draft, nextPoll(readyAt), place, model)
  productionPart(draft, pricedInCrm, people)
  if (fails(draft, 'FP-14') && draft.mesTakenAt !== null) noteFailure(draft, draft.mesTakenAt, null)
  const closed = draft.changes.find(({ status }) => status === 'CLOSED')?.at ?? null

  return {
    id: draft.id,
    number: arrival.number,
    channel: arrival.channel,
    createdAt: arrival.at,
    customer: customer(chance, arrival.number),
    partner,
    partnerOrderNo,
    model,
    price:
      Math.round((2_500 + (model.polygons / 500_000) * 180_000 * chance.between(0.5, 1.5)) / 10) *
      10,
    seller: people.seller,
    operator: people.operator,
    keepsContext: chance.chance(0.6),
    changes: draft.changes.toSorted((a, b) => a.at - b.at),
    crmTakenAt: draft.crmTakenAt,
    mesTakenAt: draft.mesTakenAt,
    pricingStarts: draft.pricingStarts,
    acts: draft.acts,
    deadLetters: draft.deadLetters,
    // With its end, whatever was wrong with an order is over.
    failures: draft.failures.map((one) => ({ ...one, until: one.until ?? closed })),
    untraced: fails(draft, 'FP-14'),
  }
}

/** CRM takes the order from the shop's table and sends it to MES, which calculates. Returns when CRM has the price. */
function takePart(draft: Draft, tick: number, place: number, model: Model): number {
  if (!Number.isFinite(tick)) return tick
  const at = tick + 45 + place * 85
  const priced = { at: Number.POSITIVE_INFINITY }
  const trouble: Trouble | null = fails(draft, 'FP-03', 'not-sent')
    ? 'not-sent'
    : fails(draft, 'FP-05', 'dead-lettered')
      ? 'dead-lettered'
      : fails(draft, 'FP-05', 'unroutable')
        ? 'unroutable'
        : null
  const { message } = hop(draft, {
    queue: 'crm_to_mes',
    routingKey: 'order.new',
    status: 'SUBMITTED',
    at: at + 20,
    trouble,
    work: (start) => {
      draft.mesTakenAt = start + 12
      const result = price(draft, model, start)
      priced.at = result.pricedAt
      return result.attempts
    },
  })
  draft.crmTakenAt = at + 15
  act(draft, 'take', at, 70, { tick, from: 'SUBMITTED', message })
  change(draft, 'crm', 'SUBMITTED', at + 15, { sentAt: message.sentAt, messageId: message.id })
  if (draft.mesTakenAt !== null)
    change(draft, 'mes', 'SUBMITTED', draft.mesTakenAt, {
      receivedAt: draft.mesTakenAt,
      messageId: message.id,
    })
  return sendPrice(draft, priced.at, null)
}

/** A partner's request to MES: the order begins there, and CRM learns of it with the price. */
function partnerPart(draft: Draft, at: number, model: Model): number {
  let from = at
  if (fails(draft, 'FP-01')) {
    act(draft, 'partner-order', from, 2_400, {
      error: {
        type: 'Npgsql.NpgsqlException',
        message: 'Exception while reading from stream',
        code: '57P01',
      },
    })
    from = heal(draft, from)
  }
  if (!Number.isFinite(from)) return from
  const ms = draft.chance.between(180, 900)
  draft.mesTakenAt = from + ms * 0.6
  change(draft, 'mes', 'SUBMITTED', from + ms * 0.6)
  const { attempts, pricedAt } = price(draft, model, from + ms + 40)
  for (const [index, attempt] of attempts.entries())
    act(draft, 'partner-order', index === 0 ? from : attempt.at, index === 0 ? ms : 0, {
      to: 'SUBMITTED',
      ...(attempt.pricing && { pricing: attempt.pricing }),
    })
  if (fails(draft, 'FP-13', 'duplicate')) heal(draft, from + 3 * MINUTE)
  return sendPrice(draft, pricedAt, draft.acts.length - 1)
}

function sendPrice(draft: Draft, pricedAt: number, partnerAct: number | null): number {
  if (!Number.isFinite(pricedAt)) return pricedAt
  const lost: Trouble | null =
    fails(draft, 'FP-07', 'not-sent') || fails(draft, 'FP-13', 'not-sent')
      ? 'not-sent'
      : fails(draft, 'FP-07', 'not-saved')
        ? 'not-saved'
        : fails(draft, 'FP-07', 'crm-failed') || fails(draft, 'FP-13', 'crm-failed')
          ? 'failed'
          : null
  const { message, savedAt } = hop(draft, {
    queue: 'mes_to_crm',
    routingKey: partnerAct === null ? 'price.calculated' : 'order.created',
    status: 'PRICE_CALCULATED',
    at: pricedAt + 10,
    trouble: lost,
  })
  change(draft, 'mes', 'PRICE_CALCULATED', pricedAt, {
    sentAt: message.sentAt,
    messageId: message.id,
  })
  change(draft, 'crm', 'PRICE_CALCULATED', savedAt, { receivedAt: savedAt, messageId: message.id })
  if (draft.crmTakenAt === null && Number.isFinite(savedAt)) draft.crmTakenAt = savedAt
  const last = draft.acts.findLastIndex(
    (one) => one.kind === (partnerAct === null ? 'take' : 'partner-order'),
  )
  const carrier = draft.acts[last]
  if (carrier)
    draft.acts[last] =
      partnerAct === null ? { ...carrier, reply: message } : { ...carrier, message }
  return savedAt
}

function makeModel(chance: Random, draft: Draft, arrival: Arrival): Model {
  const needsFile =
    draft.flaw?.id === 'FP-02' || draft.flaw?.id === 'FP-05' || draft.flaw?.id === 'FP-06'
  const readyMade = (arrival.sale || chance.chance(0.18)) && !needsFile
  const wantsEditor = draft.flaw?.id === 'FP-15' || draft.flaw?.variant === 'editor'
  const kind = wantsEditor || (!needsFile && chance.chance(0.2)) ? 'editor' : 'file'
  const polygons = Math.round(Math.min(500_000, Math.max(10_000, chance.around(70_000, 0.9))))
  const model = {
    polygons,
    bytes: Math.round(Math.min(200e6, Math.max(1e6, chance.around(18e6, 0.8)))),
    bucket: BUCKET,
    key: `orders/${draft.id}/${uuid(chance)}.stl`,
    etag: chance.hex(32),
    hash: chance.hex(40),
  }
  if (!readyMade || wantsEditor) return { kind, ...model }
  return { kind: 'ready-made', ...model, polygons: 0, bytes: 0 }
}
