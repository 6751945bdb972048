import type { Gathered } from '@/lib/journey/journey'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { toListening } from '@/lib/services/to-listening'
import type { Listening } from '@/lib/sources/answers'
import type { Plan } from '../world/plan'
import type { Truth } from '../world/truth'
import { readBroker } from './broker'
import { readDatabase } from './databases'
import { readMetrics } from './metrics'
import { createOnce } from './once'
import type { Sight } from './sight'
import { readStorage } from './storage'
import { readHeartbeats, readTraces } from './traces'
import { readTwins } from './twins'

const once = createOnce<Truth, readonly Listening[]>()

type Look = {
  readonly truth: Truth
  readonly sight: Sight
  readonly pipeline: Pipeline
  readonly plan: Pick<Plan, 'skew' | 'earlyKey'>
  readonly now: number
}

/** All that can be seen of an order at a moment, as the product gathers it. */
export function observe({ truth, sight, pipeline, plan, now }: Look): Gathered {
  const { skew, earlyKey = false } = plan
  const names = [...new Set(pipeline.systems.flatMap(({ database }) => database ?? []))]
  const databases = names.flatMap((name) => {
    const found = sight.databases[name]
    if (!found) return []
    const systems = pipeline.systems.filter(({ database }) => database === name).map(({ id }) => id)
    return [
      readDatabase(truth, { name, systems, sight: found, now, skew: skew[name] ?? 0, earlyKey }),
    ]
  })
  const rows = databases.flatMap(({ facts }) => facts)
  const reports = databases.flatMap((one) => one.reports)
  const key = JSON.stringify([now, sight.preset, sight.sampled, sight.databases])
  const asked = once(truth, key, () =>
    toListening({ facts: rows, reports, traceIds: [] }, pipeline, epochMs(now)),
  )
  const traces = readTraces(truth, { sight, pipeline, skew, now })
  const broker = readBroker(truth, sight, pipeline, now)
  const storage = readStorage(truth, sight, rows, pipeline, now)
  const metrics = readMetrics(truth, sight, rows, now)
  const answers = [traces, broker, ...(storage ? [storage] : []), ...(metrics ? [metrics] : [])]
  return {
    orderId: truth.orderId,
    facts: [...rows, ...answers.flatMap(({ facts }) => [...facts])],
    sources: [...reports, ...answers.map(({ report }) => report)],
    otherOrders: traces.otherOrders,
    same: readTwins(truth, sight, rows, now),
    heartbeats: readHeartbeats(truth, { sight, pipeline, skew, now }, asked),
  }
}
