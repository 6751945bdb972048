import { describe, expect, test } from 'vitest'
import { epochMs } from '@/lib/journey/types'
import { exampleView } from '../fixtures/example-view'
import { countNews } from './count-news'
import { withAges } from './with-ages'

describe('ages', () => {
  const [first] = exampleView.sources
  const source = first?.source ?? ''

  test('take the place of those that were read before, and of nothing else', () => {
    const aged = { source, asOf: null, askedAt: epochMs(7), tookMs: 3 }
    const sources = withAges(exampleView.sources, { now: epochMs(9), sources: [aged] })
    expect(sources[0]).toEqual({ ...first, ...aged })
    expect(sources.slice(1)).toEqual(exampleView.sources.slice(1))
  })

  test('stay as they were where none have come', () => {
    expect(withAges(exampleView.sources, null)).toBe(exampleView.sources)
  })
})

describe('news', () => {
  test('are facts that were not there', () => {
    const [, , ...facts] = exampleView.facts
    expect(countNews({ ...exampleView, facts }, exampleView)).toBe(2)
    expect(countNews(exampleView, { ...exampleView, facts })).toBe(0)
    expect(countNews(exampleView, { ...exampleView })).toBe(0)
  })
})
