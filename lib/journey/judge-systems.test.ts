import { describe, expect, test } from 'vitest'
import type { QueueFact } from './fact'
import { COMPANY } from './fixtures/company'
import { judgeSystems, type SystemsSaid } from './judge-systems'
import type { Pipeline } from './pipeline'
import type { SystemReading } from './system-reading'
import { epochMs } from './types'

const NOW = epochMs(1_700_000_000_000)
const NOTHING: SystemsSaid = { readings: [], queues: [], alarms: [], silences: [] }
const handoff = COMPANY.handoffs.find(({ queues = [] }) => queues.length > 0)
const [queueName = ''] = handoff?.queues ?? []
const [{ id: system = '' } = {}] = COMPANY.systems
const pipeline: Pipeline = {
  ...COMPANY,
  errorShare: { warn: 0.02, critical: 0.05 },
  systems: COMPANY.systems.map((one) => ({ ...one, latency: { warn: 1_000, critical: 3_000 } })),
}

const reading = (figures: Partial<SystemReading>): SystemReading => ({
  ...{ system, service: 'a', operation: null, at: NOW, windowMs: 300_000, callsPerMinute: 10 },
  ...{ errorRatio: 0, p95Ms: 20, p95AtLeast: false, inProgress: null },
  ...figures,
})

const queue = (figures: Partial<QueueFact>): QueueFact => ({
  ...{ id: 'q', source: 'rabbitmq', system: 'broker', at: NOW, kind: 'queue', use: 'work' },
  ...{ queue: queueName, ready: 140, unacked: 0, consumers: 0, headAt: null, attributes: {} },
  ...{ published: null, acked: null, redelivered: null, history: [] },
  ...figures,
})

const sample = (secondsAgo: number, consumers: number | null) => ({
  ...{ at: epochMs(NOW - secondsAgo * 1_000), ready: 140, unacked: 0, consumers },
  ...{ published: null, acked: null, redelivered: null },
})

const told = (said: Partial<SystemsSaid>, by = pipeline) =>
  judgeSystems({ ...NOTHING, ...said }, by).map(({ code, level }) => `${code} ${level}`)

describe('systems now', () => {
  test.each([
    [{ p95Ms: 1_000 }, []],
    [{ p95Ms: 1_001 }, ['slow warn']],
    [{ p95Ms: 3_001 }, ['slow breach']],
    [{ errorRatio: 0.02 }, []],
    [{ errorRatio: 0.021 }, ['failing warn']],
    [{ errorRatio: 0.5, p95Ms: 2_000 }, ['failing breach', 'slow warn']],
    [{ errorRatio: null, p95Ms: null }, []],
  ] as const)('%j says %j', (figures, expected) => {
    expect(told({ readings: [reading(figures)] })).toEqual(expected)
  })

  test('a part is told by itself, and is no trouble of its system', () => {
    const withParts = {
      ...pipeline,
      parts: [{ id: 'catalogue' as const, system, spans: /^GET \/catalogue/ }],
    }
    const search = reading({ operation: 'GET /catalogue/search', p95Ms: 9_000 })
    const part = reading({ part: 'catalogue', p95Ms: 9_000, errorRatio: 0.03 })
    expect(told({ readings: [search, part] }, withParts)).toEqual([
      'catalogue breach',
      'catalogue warn',
    ])
    expect(told({ readings: [search] })).toEqual(['slow breach'])
  })

  test('a company that set no limits has nothing judged', () => {
    expect(told({ readings: [reading({ p95Ms: 9_000, errorRatio: 1 })] }, COMPANY)).toEqual([])
  })

  //   consumers   0 ─ 40 s ─ 0: nobody listens   ·   once, or unknown: that is not known
  test('a queue that nobody takes from is its receiver’s trouble', () => {
    const dead = queue({ history: [sample(40, 0)] })
    expect(judgeSystems({ ...NOTHING, queues: [dead] }, pipeline)).toMatchObject([
      { code: 'queue-dead', level: 'breach', system: handoff?.to, values: { ready: 140 } },
    ])
    expect(told({ queues: [queue({})] })).toEqual([])
    expect(told({ queues: [queue({ consumers: null, history: [sample(40, null)] })] })).toEqual([])
    expect(told({ queues: [queue({ use: 'set-aside', history: [sample(40, 0)] })] })).toEqual([])
  })

  test('a silent source is named, after what is worse', () => {
    const silences = [{ source: 'jaeger', since: NOW }]
    const readings = [reading({ p95Ms: 9_000 })]
    expect(told({ silences, readings })).toEqual(['slow breach', 'silent warn'])
  })
})
