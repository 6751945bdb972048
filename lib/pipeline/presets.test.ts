// Long because the same order is told in five companies, and they are read beside each other.
import { describe, expect, test } from 'vitest'
import { viewer } from '@/lib/access/fixtures/permitted'
import { createPolicy, mayEnter } from '@/lib/access/policy'
import { project } from '@/lib/access/project'
import { ROLES, type Role } from '@/lib/access/viewer'
import { buildJourney } from '@/lib/journey/build-journey'
import type { Fact, FileFact } from '@/lib/journey/fact'
import { HOUR, MINUTE, moment, plus, SECOND } from '@/lib/journey/fixtures/moment'
import { below, gather, history, report, span } from '@/lib/journey/fixtures/said'
import { queue, sample } from '@/lib/journey/fixtures/said-of-queues'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { EpochMs } from '@/lib/journey/types'
import { mask } from '@/lib/sources/mask'
import { alexandrite, change } from './fixtures/files'
import { parsePipeline } from './parse-pipeline'
import type { Preset } from './presets'

const T = moment('2026-11-18T10:00+03:00')

/**
 * What happened to one order, the same in every company: placed at T, taken by the sales system, sent on, and in
 * pricing from a minute later. The sales system keeps no moment of taking.
 */
function happened(now: EpochMs): readonly Fact[] {
  const submit = span('shop', 'POST /orders', T, {
    spanKind: 'server',
    attributes: { 'server.address': mask('shop-1', 'B') },
  })
  const waiting = (at: EpochMs) => sample(at, { unacked: 1, published: at < T ? 40 : 41 })
  const minutes = Array.from({ length: (now - T) / MINUTE + 1 }, (_, at) => plus(T, at * MINUTE))
  const file: FileFact = {
    ...{ kind: 'file', id: 'file', source: 's3', system: 's3', at: now, askedAt: now },
    ...{ state: 'there', proven: true, modifiedAt: plus(T, -HOUR), size: 1000, attributes: {} },
  }
  return [
    ...history('shop', [
      ['INITIATED', plus(T, -2 * HOUR)],
      ['FILE_UPLOADED', plus(T, -HOUR)],
      ['SUBMITTED', T],
    ]),
    submit,
    below(submit),
    span('crm', 'OrderPoller.run', plus(T, 20 * SECOND)),
    span('crm', 'crm_to_mes publish', plus(T, 21 * SECOND), { spanKind: 'producer' }),
    // Its consumer span is not there before it has ended.
    span('mes', 'order.price_calculation', plus(T, MINUTE), { orphan: true, parentId: 'consumer' }),
    queue('crm_to_mes', [sample(plus(T, -MINUTE)), ...minutes.map(waiting)]),
    file,
  ]
}

/** The company's file with another preset, and nothing else changed. */
const companyOf = (preset: Preset, text = alexandrite) =>
  parsePipeline(change(text, 'preset: s4 ', `preset: ${preset} `), 'company.yaml')

/** What its sources can say of it: nobody has a span of what is not traced, or a file that is not asked for. */
function heard(facts: readonly Fact[], { components }: Pipeline): readonly Fact[] {
  return facts.filter((fact) => {
    if (fact.kind === 'file') return components.some(({ probe }) => probe === 'head')
    if (fact.kind !== 'span') return true
    const part = components.find(({ services }) => services.includes(fact.service))
    return part?.coverage === 'traced'
  })
}

type Look = { readonly after: number; readonly without?: string }

function journeyOf(pipeline: Pipeline, { after, without }: Look) {
  const now = plus(T, after * MINUTE)
  const facts = heard(happened(now), pipeline).filter(
    (fact) => fact.kind !== 'span' || fact.system !== without,
  )
  const traced = pipeline.components
    .filter(({ coverage, services }) => coverage === 'traced' && services.length > 0)
    .map(({ system }) => system)
  const reports = [
    report('orders:shop', now, { notKept: ['orders.taken_at'] }),
    report('jaeger', now, { systems: traced }),
  ]
  return buildJourney(gather(facts, now, reports), pipeline, now)
}

function headline(pipeline: Pipeline, look: Look): string {
  const { verdict } = journeyOf(pipeline, look)
  if (!verdict || verdict.kind === 'unknown-status') return `${verdict?.kind}`
  const { kind, id, case: name, certainty } = verdict
  return [kind === 'on-track' ? 'on track:' : '', id, name, certainty].filter(Boolean).join(' ')
}

/** What a company with this preset gets. */
function under(pipeline: Pipeline) {
  const { lanes, blindSpots, facts } = journeyOf(pipeline, { after: 12 })
  return {
    coverage: lanes.slice(0, 5).map(({ system, coverage }) => `${system} ${coverage}`),
    dark: blindSpots.filter(({ code }) => code === 'not-traced').map(({ system }) => system),
    fileAsked: facts.some(({ kind }) => kind === 'file'),
    pricing: headline(pipeline, { after: 12 }),
    slowPricing: headline(pipeline, { after: 36 }),
    unheard: headline(pipeline, { after: 12, without: 'mes' }),
    lateUnheard: headline(pipeline, { after: 36, without: 'mes' }),
    secondFactor: pipeline.requireMfa,
  }
}

const admitted = (preset: Preset) => ROLES.filter((role) => mayEnter([role], preset))

/** How much of the order's spans, and of what is for engineers, a role gets. */
function seenBy(role: Role, preset: Preset) {
  const policy = createPolicy({ preset })
  const view = project(journeyOf(companyOf(preset), { after: 12 }), viewer([role]), {
    ...{ hashKey: 'k'.repeat(32), traceUrl: 'https://traces.test/{traceId}', complete: true },
    policy,
  })
  const hosts = view.facts.filter(({ attributes }) => 'server.address' in attributes)
  return {
    spans: view.facts.filter(({ kind }) => kind === 'span').length,
    technical: hosts.length > 0,
    engineersText: view.mayRead.devops,
    traceStore: view.traceUrl !== null,
    verdict: view.verdict !== null,
    mayNote: policy.mayDo(viewer([role]), 'note.write'),
    mayAdminister: policy.mayDo(viewer([role]), 'config.edit'),
  }
}

const ALL_TRACED = {
  coverage: ['shop traced', 's3 traced', 'crm traced', 'rabbitmq traced', 'mes traced'],
  dark: [],
  fileAsked: true,
  pricing: 'on track: FP-06 normal confirmed',
  slowPricing: 'FP-06 longer confirmed',
  unheard: 'on track: FP-06 taken likely',
  lateUnheard: 'FP-06 no-price-yet likely',
  secondFactor: false,
}
const SERVICES_TRACED = {
  ...ALL_TRACED,
  coverage: ['shop traced', 's3 none', 'crm traced', 'rabbitmq none', 'mes traced'],
  dark: ['s3', 'rabbitmq'],
}
const PLAIN = { engineersText: false, technical: false, traceStore: false, verdict: true }

describe('one order in the company', () => {
  test('s0: everything is traced; support and devops alone come in', () => {
    expect(under(companyOf('s0'))).toEqual(ALL_TRACED)
    expect(admitted('s0')).toEqual(['support', 'devops'])
    expect(seenBy('support', 's0')).toMatchObject({ ...PLAIN, spans: 5 })
    expect(seenBy('devops', 's0')).toMatchObject({ technical: true, engineersText: true })
  })

  test('s1: three back ends are traced; support and QA only read, devops administer', () => {
    expect(under(companyOf('s1'))).toEqual(SERVICES_TRACED)
    expect(admitted('s1')).toEqual(['support', 'devops', 'qa'])
    const reads = { mayNote: false, mayAdminister: false, verdict: true }
    expect(seenBy('support', 's1')).toMatchObject({ ...PLAIN, ...reads })
    expect(seenBy('qa', 's1')).toMatchObject({ ...reads, technical: true, traceStore: true })
    expect(seenBy('devops', 's1')).toMatchObject({ mayNote: true, mayAdminister: true })
  })

  test('s2: the shop and the sales system are not traced, the file is not asked for; devops alone come in', () => {
    expect(under(companyOf('s2'))).toEqual({
      ...ALL_TRACED,
      coverage: ['shop db', 's3 logs', 'crm db', 'rabbitmq traced', 'mes traced'],
      dark: ['shop', 's3', 'crm'],
      fileAsked: false,
      // Production's spans carry the id: they show that it is there. Without them nobody can tell.
      unheard: 'on track: FP-03 not-seen',
      lateUnheard: 'FP-14 not-traced cannot-tell',
    })
    expect(admitted('s2')).toEqual(['devops'])
    expect(seenBy('devops', 's2')).toMatchObject({ spans: 1, engineersText: true, verdict: true })
  })

  test('s3: three back ends are traced; every role comes in, each with its own share', () => {
    expect(under(companyOf('s3'))).toEqual(SERVICES_TRACED)
    expect(admitted('s3')).toEqual([...ROLES])
    expect(seenBy('support', 's3')).toMatchObject({ ...PLAIN, spans: 5, mayNote: true })
    expect(seenBy('manager', 's3')).toMatchObject({ ...PLAIN, spans: 0 })
    expect(seenBy('developer', 's3')).toMatchObject({ technical: true, engineersText: true })
    const metered = change(
      alexandrite,
      'services: [shop-api]',
      'coverage: metrics, services: [shop-api]',
    )
    expect(under(companyOf('s3', metered))).toMatchObject({ dark: ['shop', 's3', 'rabbitmq'] })
  })

  test('s4: everything is traced, a second factor is demanded, support sees what developers do', () => {
    expect(under(companyOf('s4'))).toEqual({ ...ALL_TRACED, secondFactor: true })
    expect(admitted('s4')).toEqual([...ROLES])
    expect(seenBy('support', 's4')).toMatchObject({ technical: true, engineersText: true })
    expect(seenBy('support', 's4')).toMatchObject({ traceStore: true, mayAdminister: false })
    expect(seenBy('manager', 's4')).toMatchObject({ ...PLAIN, spans: 0 })
    // Partners' own pages may be had, and are not before somebody says so.
    expect(companyOf('s4').partnerPortal).toBe(false)
  })

  test('custom: nothing is concluded from any silence, and nothing asked that nobody named', () => {
    expect(under(companyOf('custom'))).toEqual({
      ...ALL_TRACED,
      coverage: ['shop none', 's3 none', 'crm none', 'rabbitmq none', 'mes none'],
      dark: ['shop', 's3', 'crm', 'rabbitmq', 'mes'],
      fileAsked: false,
      pricing: 'on track: FP-03 not-seen',
      unheard: 'on track: FP-03 not-seen',
      slowPricing: 'FP-14 not-traced cannot-tell',
      lateUnheard: 'FP-14 not-traced cannot-tell',
    })
    expect(admitted('custom')).toEqual([...ROLES])
  })
})

test('a preset gives way to every value that is written', () => {
  const written = [
    ['services: [shop-api]', 'coverage: traced, services: [shop-api]'],
    ['listUploads: false', 'coverage: traced, probe: head, listUploads: false'],
    ['services: [crm-api]', 'coverage: traced, services: [crm-api]'],
    ['# requireMfa: false  ', 'requireMfa: true\n# '],
  ].reduce((text, [from = '', to = '']) => change(text, from, to), alexandrite)
  expect(under(companyOf('s2', written))).toEqual({ ...ALL_TRACED, secondFactor: true })

  const open = change(
    alexandrite,
    '# requireMfa: false  ',
    'requireMfa: false\npartnerPortal: true\n# ',
  )
  const silent = change(open, 'listUploads: false', 'probe: off, listUploads: false')
  expect(under(companyOf('s4', silent))).toEqual({ ...ALL_TRACED, fileAsked: false })
  expect(companyOf('s4', silent).partnerPortal).toBe(true)
})
