// Long, because every operation of the language is here, beside the others.
import type { Expression } from './parse-promql'

export type Labels = Readonly<Record<string, string>>

/** One series of the company: what an exporter would say at a moment; null: nothing yet. */
export type CompanySeries = {
  /** With `__name__`. */
  readonly labels: Labels
  valueAt(at: number): number | null
}

type Element = { readonly labels: Labels; readonly value: number }
type Sample = { readonly at: number; readonly value: number }

/** Every exporter is asked this often, at whole quarters of a minute. */
export const SCRAPE_MS = 15_000
const LOOK_BACK_MS = 300_000

/** The value of an expression at a moment; the same parsed one is always asked of the same series. Throws `TypeError` for what cannot be evaluated. */
export function evaluate(
  expression: Expression,
  all: readonly CompanySeries[],
  at: number,
): readonly Element[] {
  switch (expression.kind) {
    case 'selector':
      return select(expression, all).flatMap(({ labels, valueAt }) => {
        const sample = newest(valueAt, at)
        return sample ? [{ labels, value: sample.value }] : []
      })
    case 'or': {
      const left = evaluate(expression.left, all, at)
      const there = new Set(left.map(keyOf))
      const right = evaluate(expression.right, all, at)
      return [...left, ...right.filter((one) => !there.has(keyOf(one)))]
    }
    case 'call':
      return call(expression, all, at)
    case 'aggregate':
      return aggregate(expression, all, at)
    default:
      throw new TypeError('expected type instant vector')
  }
}

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>

/** A range asks for the same series at every step. */
const chosen = new WeakMap<Of<'selector'>, readonly CompanySeries[]>()

function select(selector: Of<'selector'>, all: readonly CompanySeries[]) {
  const known = chosen.get(selector)
  if (known) return known
  const fits = ({ labels }: CompanySeries) =>
    selector.matchers.every(({ label, matches }) => matches(labels[label] ?? ''))
  const made = all.filter(fits)
  chosen.set(selector, made)
  return made
}

/** The last scrape up to a moment, as long as it is not too old. */
function newest(valueAt: CompanySeries['valueAt'], at: number): Sample | null {
  for (let scrape = scrapeBefore(at); scrape > at - LOOK_BACK_MS; scrape -= SCRAPE_MS) {
    const value = valueAt(scrape)
    if (value !== null) return { at: scrape, value }
  }
  return null
}

const scrapeBefore = (at: number) => Math.floor(at / SCRAPE_MS) * SCRAPE_MS

function call({ name, args }: Of<'call'>, all: readonly CompanySeries[], at: number) {
  const [first, ...more] = args
  if (!first) throw new TypeError(`expected an argument in call to function "${name}"`)
  if (name === 'label_replace') {
    const [label = '', text = ''] = more.map((one) => (one.kind === 'text' ? one.value : ''))
    return evaluate(first, all, at).map(({ labels, value }) => ({
      labels: { ...labels, [label]: text },
      value,
    }))
  }
  if (first.kind !== 'selector') throw new TypeError('expected type range vector')
  const ofFirst = select(first, all)
  if (name === 'timestamp')
    return ofFirst.flatMap(({ labels, valueAt }) => {
      const sample = newest(valueAt, at)
      return sample ? [{ labels: unnamed(labels), value: sample.at / 1_000 }] : []
    })
  const { rangeMs } = first
  if (rangeMs === null) throw new TypeError('expected type range vector')
  return ofFirst.flatMap(({ labels, valueAt }) => {
    const rise = increase(samplesIn(valueAt, at - rangeMs, at), at - rangeMs, at)
    if (rise === null) return []
    const value = name === 'rate' ? rise / (rangeMs / 1_000) : rise
    return [{ labels: unnamed(labels), value }]
  })
}

function samplesIn(valueAt: CompanySeries['valueAt'], from: number, until: number) {
  const samples: Sample[] = []
  for (let at = Math.ceil(from / SCRAPE_MS) * SCRAPE_MS; at <= until; at += SCRAPE_MS) {
    const value = valueAt(at)
    if (value !== null) samples.push({ at, value })
  }
  return samples
}

/** How a counter rose, reckoned to the ends of the stretch as Prometheus does it. */
function increase(samples: readonly Sample[], from: number, until: number): number | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (!first || !last || samples.length < 2) return null
  let rise = last.value - first.value
  let before = first.value
  for (const { value } of samples) {
    if (value < before) rise += before // It began anew.
    before = value
  }
  const seen = last.at - first.at
  const between = seen / (samples.length - 1)
  const toZero = rise > 0 && first.value >= 0 ? seen * (first.value / rise) : Infinity
  const atStart = Math.min(first.at - from, toZero)
  const reach = (gap: number) => (gap < between * 1.1 ? gap : between / 2)
  return (rise * (seen + reach(atStart) + reach(until - last.at))) / seen
}

function aggregate({ name, by, args }: Of<'aggregate'>, all: readonly CompanySeries[], at: number) {
  const most = args[0]?.kind === 'number' ? args[0].value : 0
  const inner = args.at(-1)
  if (!inner) throw new TypeError(`expected an argument in aggregation "${name}"`)
  const groups = new Map<string, Element[]>()
  for (const element of evaluate(inner, all, at)) {
    const key = JSON.stringify(keptOf(element.labels, by))
    groups.set(key, [...(groups.get(key) ?? []), element])
  }
  return [...groups].flatMap(([key, elements]): readonly Element[] => {
    if (name === 'topk') return elements.sort((a, b) => b.value - a.value).slice(0, most)
    const values = elements.map(({ value }) => value)
    const value = name === 'max' ? Math.max(...values) : values.reduce((a, b) => a + b, 0)
    return [{ labels: JSON.parse(key), value }]
  })
}

const keptOf = (labels: Labels, by: readonly string[]): Labels =>
  Object.fromEntries(
    by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])),
  )

const unnamed = ({ __name__: _, ...labels }: Labels): Labels => labels as Labels

const keyOf = ({ labels }: Element): string =>
  JSON.stringify(Object.entries(unnamed(labels)).sort(([a], [b]) => (a < b ? -1 : 1)))
