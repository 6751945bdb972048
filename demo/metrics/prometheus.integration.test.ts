import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { planOrders } from '@/demo/company/plan-orders'
import { watchCompany } from '@/demo/company/watch-company'
import { spansBetween } from '@/demo/spans/spans-between'
import { looks } from '@/demo/spans/traffic'
import { epochMs } from '@/lib/journey/types'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { createGuard } from '@/lib/sources/create-guard'
import { freePort, startServer } from '@/lib/sources/fixtures/real-server'
import { createMetricsSource } from '@/lib/sources/metrics/client'
import { createFetch } from '@/lib/sources/tls-fetch'
import { type CompanySeries, SCRAPE_MS } from './evaluate'
import { startMetrics } from './start-metrics'

const { prometheus, promtool } = inject('programs')
const why =
  prometheus && promtool
    ? ''
    : ' (skipped: PROMETHEUS or PROMTOOL names no program, and none is in the PATH)'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** A working day of the toy company, between two scrapes. */
const NOW = epochMs(Date.parse('2026-11-18T11:00:07.300Z'))

describe.skipIf(!prometheus || !promtool)(`a real Prometheus${why}`, () => {
  const watcher = watchCompany(() => NOW)
  const stops: (() => unknown)[] = []
  const urls = { real: '', standIn: '' }

  beforeAll(async () => {
    const company = planOrders({ seed: 'metrics', now: NOW, days: 3 })
    for (const spans of spansBetween(company, NOW - 20 * MINUTE, NOW)) watcher.hear(spans)
    watcher.hear(looks(company.world, NOW - 20 * MINUTE, NOW, 2_000))
    watcher.see(company, NOW)
    const standIn = await startMetrics({ port: 0, series: watcher.series, now: () => NOW })
    stops.push(standIn.stop)
    urls.standIn = `http://127.0.0.1:${standIn.port}`
    urls.real = await startReal(watcher.series())
  })
  afterAll(async () => {
    for (const stop of stops.reverse()) await stop()
  })

  async function startReal(series: readonly CompanySeries[]): Promise<string> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-metrics-'))
    stops.push(() => fs.rmSync(folder, { recursive: true, force: true }))
    const at = (name: string) => path.join(folder, name)
    fs.writeFileSync(at('history.om'), toOpenMetrics(series))
    fs.writeFileSync(at('prometheus.yml'), 'global: { scrape_interval: 15s }\n')
    const made = ['tsdb', 'create-blocks-from', 'openmetrics', at('history.om'), at('data')]
    execFileSync(promtool ?? '', made, { stdio: 'ignore' })
    const address = `127.0.0.1:${await freePort()}`
    const server = await startServer({
      program: prometheus ?? '',
      args: [
        `--config.file=${at('prometheus.yml')}`,
        `--storage.tsdb.path=${at('data')}`,
        '--storage.tsdb.retention.time=10y',
        `--web.listen-address=${address}`,
      ],
      servesAt: `http://${address}/-/ready`,
    })
    stops.push(server.stop)
    return `http://${address}`
  }

  function sourceAt(url: string) {
    const baseUrl = new URL(url)
    return createMetricsSource(
      {
        baseUrl,
        names: {},
        vhost: '/',
        timeoutMs: 10_000,
        maxBytes: 4_000_000,
        fetch: createFetch({ baseUrl, allowInsecure: true }),
        guard: createGuard({ source: 'prometheus', now: () => NOW, inFlight: 16 }),
        now: () => NOW,
      },
      loadPipeline('lib/pipeline/alexandrite.yaml'),
    )
  }

  test('says of the systems what the stand-in says', async () => {
    const real = await sourceAt(urls.real).systems()
    expect(real.report).toMatchObject({ state: 'ok', reason: null })
    expect(rounded(real.readings)).toEqual(
      rounded((await sourceAt(urls.standIn).systems()).readings),
    )
    const known = real.readings.filter(({ callsPerMinute }) => (callsPerMinute ?? 0) > 0)
    expect(known.length).toBeGreaterThan(2)
    expect(known.some(({ p95Ms }) => p95Ms !== null)).toBe(true)
  })

  test('says of queues and counters what the stand-in says', async () => {
    const moments = watcherMoments(watcher.series())
    const real = await sourceAt(urls.real).read(moments)
    const standIn = await sourceAt(urls.standIn).read(moments)
    expect(real.report).toMatchObject({ state: 'ok', reason: null })
    expect(rounded(real.facts)).toEqual(rounded(standIn.facts))
    const queues = real.facts.filter(({ kind }) => kind === 'queue')
    expect(queues.map((fact) => fact.queue).sort()).toEqual([
      'crm_to_mes',
      'crm_to_mes.dlq',
      'mes_to_crm',
      'mes_to_crm.dlq',
    ])
    expect(queues[0]).toMatchObject({ consumers: 2, at: NOW - (NOW % SCRAPE_MS) })
  })
})

/** Two hours of samples, one series after the other. */
function toOpenMetrics(series: readonly CompanySeries[]): string {
  const names = [...new Set(series.map(({ labels }) => labels.__name__ ?? ''))].sort()
  const lines: string[] = []
  for (const name of names)
    for (const { labels, valueAt } of series.filter((one) => one.labels.__name__ === name)) {
      const { __name__: _, ...own } = labels
      const said = Object.entries(own).map(([key, value]) => `${key}=${JSON.stringify(value)}`)
      for (let at = NOW - (NOW % SCRAPE_MS) - 2 * HOUR; at <= NOW; at += SCRAPE_MS) {
        const value = valueAt(at)
        if (value !== null) lines.push(`${name}{${said.join(',')}} ${value} ${at / 1_000}`)
      }
    }
  return `${lines.join('\n')}\n# EOF\n`
}

/** Moments of the last hour and a half at which a counter of dead letters rose. */
function watcherMoments(series: readonly CompanySeries[]) {
  const counters = series.filter(({ labels }) => labels.__name__?.includes('_global_'))
  const moments = []
  for (let at = NOW - 90 * MINUTE; at <= NOW; at += MINUTE)
    if (counters.some((one) => one.valueAt(at) !== one.valueAt(at - MINUTE)))
      moments.push(epochMs(at))
  return moments
}

/** Both reckon with fractions, and not in the same order. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? Number(one.toPrecision(9)) : one)),
  )
