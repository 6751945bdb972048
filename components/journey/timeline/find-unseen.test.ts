import { describe, expect, it } from 'vitest'
import type { Lane, SourceReport } from '@/lib/journey/journey'
import { epochMs } from '@/lib/journey/types'
import { exampleView, webLane as lane } from '../fixtures/example-view'
import { findUnseen } from './find-unseen'

const report: SourceReport = {
  source: 'orders:front',
  state: 'ok',
  reason: null,
  asOf: epochMs(1_000),
  askedAt: epochMs(1_000),
  tookMs: 1,
  systems: ['web'],
}
const seen = { from: 0, until: 1_000 }

describe('findUnseen', () => {
  it('leaves nothing out where every source answered', () => {
    expect(findUnseen(lane, [], [report], seen)).toEqual([])
  })

  it('hatches the whole of a lane of which nothing is known', () => {
    const blind: Lane = { ...lane, drawnFrom: [], coverage: 'none' }
    expect(findUnseen(blind, [], [report], seen)).toEqual([{ ...seen, because: 'not-traced' }])
  })

  it('does not call a traced lane untraced', () => {
    const quiet: Lane = { ...lane, drawnFrom: [] }
    expect(findUnseen(quiet, [], [report], seen)[0]?.because).toBe('no-spans')
  })

  it('hatches from where old data end', () => {
    const stale: SourceReport = { ...report, state: 'stale', asOf: epochMs(400) }
    expect(findUnseen(lane, [], [stale], seen)).toEqual([
      { from: 400, until: 1_000, because: 'stale' },
    ])
  })

  it('hatches behind the last fact of a database that is silent', () => {
    const silent: SourceReport = { ...report, state: 'missing', asOf: null }
    const at = { ...exampleView.facts[0], at: epochMs(300) } as (typeof exampleView.facts)[number]
    expect(findUnseen(lane, [at], [silent], seen)).toEqual([
      { from: 300, until: 1_000, because: 'missing' },
    ])
  })
})
