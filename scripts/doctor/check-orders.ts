import type { Env } from '@/lib/env'
import type { Pipeline } from '@/lib/journey/pipeline'
import { type Inspected, inspectDatabase } from '@/lib/sources/orders/inspect'
import { type Finding, missing } from './finding'

/** Every order database that the pipeline names, looked over. */
export async function checkOrders(
  databases: Pipeline['databases'],
  addressOf: Env['orderDatabase'],
  inspect: (database: Inspected) => Promise<Finding[]> = inspectDatabase,
): Promise<Finding[]> {
  const names = Object.entries(databases)
  if (names.length === 0)
    return [missing('order databases', 'the pipeline names none', 'add one under `databases:`')]

  const findings = await Promise.all(
    names.map(async ([name, { copy }]) => {
      const variable = `ORDER_DB_${name.toUpperCase().replaceAll('-', '_')}`
      const address = addressOf(name)
      if (!address)
        return [
          missing(
            name,
            `${variable}_URL is not set`,
            `${variable}_URL=postgresql://order_journey_reader:…@host/database`,
          ),
        ]
      const { url, ...tls } = address
      return inspect({ name, copy, variable, url, tls })
    }),
  )
  return findings.flat()
}
