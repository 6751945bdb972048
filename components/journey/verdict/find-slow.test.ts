import { expect, test } from 'vitest'
import type { SystemsView } from '@/lib/contract/systems'
import { epochMs } from '@/lib/journey/types'
import { exampleView } from '../fixtures/example-view'
import { findSlow } from './find-slow'

const { current, handoffs } = exampleView
const trouble = (
  code: SystemsView['trouble'][number]['code'],
  system: string | null,
): SystemsView['trouble'][number] => ({
  ...{ code, system, level: 'warn', source: null, at: epochMs(0), values: {} },
})

const all = ['web', 'sales', 'plant', 'elsewhere'].map((system) => trouble('slow', system))

test('the system that an operator takes it from, and both sides of an open hand-off', () => {
  const [one] = handoffs
  if (!current || !one || exampleView.verdict?.kind !== 'on-track') throw new Error('No example')
  const way = { ...one, from: 'sales', to: 'plant', status: current.status }
  const arrived = [{ ...way, state: 'saved' as const }]
  const open = [{ ...way, state: 'open' as const }]
  const verdict = { ...exampleView.verdict, case: 'seller' as const }
  const listed = { ...verdict, case: 'operator' as const }

  expect(findSlow({ current, handoffs: arrived, verdict: listed }, all)).toEqual(['plant'])
  expect(findSlow({ current, handoffs: arrived, verdict }, all)).toEqual([])
  expect(findSlow({ current, handoffs: open, verdict }, all)).toEqual(['sales', 'plant'])
  const dead = [trouble('queue-dead', 'sales')]
  expect(findSlow({ current, handoffs: open, verdict }, dead)).toEqual([])
  const ended = { ...current, terminal: true }
  expect(findSlow({ current: ended, handoffs: open, verdict: listed }, all)).toEqual([])
})
