import 'server-only'
import type { OrderPermit, Sighting } from '@/lib/access/permit'
import type { Scope } from '@/lib/access/viewer'
import { InvalidInputError, isSourceError } from '@/lib/errors'
import type { SourceReport } from '@/lib/journey/journey'
import type { EpochMs, SystemId } from '@/lib/journey/types'
import type {
  FileQuestion,
  NumberedOrders,
  OrdersAnswer,
  OrdersSource,
  PartnerModel,
  PartnerNumber,
} from '../answers'
import type { Guard } from '../guard'
import type { Address } from './connect'
import { createDatabase, type Database, type Found } from './database'
import { toAnswer, toSilence } from './to-answer'
import { type Finding, toNumbered } from './to-numbered'

/** One order database as it is configured. */
export type OrderDatabase = Address & {
  readonly name: string
  /** Neither primary nor standby: a dump, a logical copy. */
  readonly copy: boolean
  readonly systems: readonly SystemId[]
  readonly guard: Guard
  readonly statementTimeoutMs?: number
  readonly connectTimeoutMs?: number
  readonly poolMax?: number
}

type Options = {
  readonly databases: readonly OrderDatabase[]
  readonly now: () => EpochMs
  /** The lane of messages that were set aside. */
  readonly broker?: SystemId
}

type Opened = OrderDatabase & { readonly source: string; readonly database: Database }

/** For other sources, never for a viewer: no permit is asked for, because nothing of an order is told. */
export type FileWitnesses = {
  /** Files of the newest orders in one bucket, or in any, whoever's they are; none from a database that is silent. */
  recentFiles(bucket: string | null): Promise<readonly FileQuestion[]>
}

type Sought = PartnerNumber | PartnerModel

const MAX_IDS = 200

/** Reads every configured order database in parallel; one that fails is a report, never an exception. */
export function createOrdersSource({
  databases,
  now,
  broker = 'rabbitmq',
}: Options): OrdersSource & FileWitnesses {
  const opened: readonly Opened[] = databases.map((one) => {
    const source = `orders:${one.name}`
    const limits = { statementTimeoutMs: 2_000, connectTimeoutMs: 500, poolMax: 8 }
    return { ...one, source, database: createDatabase({ ...limits, ...one, source, now }) }
  })

  return {
    /** One that has it is enough: then nobody waits for a silent one. */
    async sight(orderId, scope) {
      const all = sightMany([orderId], scope)
      const each = opened.map(async (one) => {
        const found = await sightOne(one, [orderId].filter(isText), scope)
        return found?.length ? { seen: true, silent: [], answered: true } : all
      })
      return toSighting(await Promise.race([...each, all]))
    },
    sightMany,
    async sightNumber(number, scope) {
      const { orders, silent } = await findNumbered({ number, partner: null }, scope)
      return { seen: orders.length > 0, silent, answered: silent.length < opened.length }
    },
    readNumber: ({ resource, viewer }) =>
      findNumbered({ number: resource.id, partner: null }, viewer.scope),
    readSameNumber: findOthers,
    readSameModel: findOthers,
    async read({ resource, viewer }) {
      const answers = await Promise.all(
        opened.map((one) => readOne(one, resource.id, viewer.scope)),
      )
      return {
        facts: answers.flatMap(({ facts }) => facts),
        reports: answers.flatMap(({ reports }) => reports),
        traceIds: [...new Set(answers.flatMap(({ traceIds }) => traceIds))],
      }
    },
    async recentFiles(bucket) {
      if (bucket !== null && !isText(bucket)) return []
      const answers = opened.map((one) => recentFilesOf(one, bucket))
      const all = Promise.all(answers).then((files) => files.flat())
      // One that names files is enough: then nobody waits for a silent one.
      const each = answers.map(async (answer) => {
        const files = await answer
        return files.length > 0 ? files : all
      })
      return Promise.race([...each, all])
    },
    async close() {
      await Promise.all(opened.map(({ database }) => database.close()))
    },
  }

  async function sightMany(orderIds: readonly string[], scope: Scope) {
    if (orderIds.length > MAX_IDS) throw new InvalidInputError('orderIds', `At most ${MAX_IDS} ids`)
    const askable = orderIds.filter(isText)
    const sightings = await Promise.all(opened.map((one) => sightOne(one, askable, scope)))
    const found = [...new Set(sightings.flatMap((sighting) => sighting ?? []))]
    const silent = opened
      .filter((_, index) => sightings[index] === null)
      .map(({ source }) => source)

    return { found, seen: found.length > 0, silent, answered: silent.length < opened.length }
  }

  /** null: no answer. */
  async function sightOne(one: Opened, orderIds: readonly string[], scope: Scope) {
    return one.guard
      .run(keyOf('sight', orderIds, scope), () => one.database.sight(orderIds, scope))
      .catch((error: unknown) => {
        if (isSourceError(error)) return null
        throw error
      })
  }

  async function readOne(one: Opened, orderId: string, scope: Scope): Promise<OrdersAnswer> {
    const askedAt = now()
    return one.guard
      .run(keyOf('read', [orderId], scope), async () => {
        const round = await one.database.read(orderId, scope)
        return toAnswer(round, { ...one, broker, askedAt, answeredAt: now() })
      })
      .catch((error: unknown) => {
        if (!isSourceError(error)) throw error
        return { facts: [], traceIds: [], reports: [silence(one, askedAt, error.fault)] }
      })
  }

  async function findNumbered(sought: Sought, scope: Scope): Promise<NumberedOrders> {
    const findings = await Promise.all(opened.map((one) => findOne(one, sought, scope)))
    return toNumbered(findings, broker)
  }

  async function findOthers({ resource, viewer }: OrderPermit, sought: Sought) {
    const { orders, silent } = await findNumbered(sought, viewer.scope)
    return { orders: orders.filter(({ orderId }) => orderId !== resource.id), silent }
  }

  async function findOne(one: Opened, sought: Sought, scope: Scope): Promise<Finding> {
    const askedAt = now()
    const end = (found: Found | null, fault: string | null): Finding => {
      const { name, source, systems } = one
      return { name, source, systems, askedAt, answeredAt: now(), found, fault }
    }
    return one.guard
      .run(keyOf('find', [JSON.stringify(sought)], scope), async () =>
        end(await one.database.find(sought, scope), null),
      )
      .catch((error: unknown) => {
        if (!isSourceError(error)) throw error
        return end(null, error.fault)
      })
  }

  async function recentFilesOf(
    one: Opened,
    bucket: string | null,
  ): Promise<readonly FileQuestion[]> {
    return one.guard
      .run(JSON.stringify(['files', bucket]), () => one.database.recentFiles(bucket))
      .catch((error: unknown) => {
        if (isSourceError(error)) return []
        throw error
      })
  }

  function silence(one: Opened, askedAt: EpochMs, reason: string): SourceReport {
    return toSilence({ ...one, askedAt, answeredAt: now() }, reason)
  }
}

const toSighting = ({ seen, silent, answered }: Sighting): Sighting => ({ seen, silent, answered })

/** Viewers share a reading only where they may see the same. */
const keyOf = (verb: string, orderIds: readonly string[], { partner, channel }: Scope): string =>
  JSON.stringify([verb, partner ?? null, channel ?? null, ...orderIds])

/** PostgreSQL keeps no text with a zero byte, so no order has such an id. */
const isText = (orderId: string): boolean => !orderId.includes('\0')
