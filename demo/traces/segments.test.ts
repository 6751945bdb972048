import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Batch } from './batch'
import { readOtlp } from './otlp'
import { openSegments } from './segments'

let folder = ''
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-segments-'))
})
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }))

/** One span for each second. */
function batchOf(...seconds: readonly number[]): Batch {
  const spans = seconds.map((second) => ({
    traceId: String(second).padStart(32, 'a'),
    spanId: '00000000000000aa',
    startTimeUnixNano: `${second}000000000`,
    endTimeUnixNano: `${second}000000001`,
  }))
  return readOtlp({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
}

function load(oldestUs = 0): readonly Batch[] {
  const found: Batch[] = []
  openSegments(folder).load(oldestUs, (batch) => found.push(batch))
  return found
}

function write(...batches: readonly Batch[]): string {
  const segments = openSegments(folder)
  for (const batch of batches) segments.append(batch)
  segments.close()
  return path.join(folder, fs.readdirSync(folder).sort().at(-1) ?? '')
}

test('what was appended is loaded in order, across starts', () => {
  write(batchOf(1), batchOf(2, 3))
  write(batchOf(4))
  expect(load()).toEqual([batchOf(1), batchOf(2, 3), batchOf(4)])
})

test('a record torn anywhere costs itself alone', () => {
  const file = write(batchOf(1), batchOf(2))
  const whole = fs.readFileSync(file)
  const first = gzipSync(`${JSON.stringify(batchOf(1))}\n`, { level: 1 }).length
  for (let length = 0; length < whole.length; length++) {
    fs.writeFileSync(file, whole.subarray(0, length))
    const loaded = load()
    // A record that lacks only its checksum is whole.
    expect(loaded, `cut at ${length}`).toEqual([batchOf(1), batchOf(2)].slice(0, loaded.length))
    expect(loaded.length, `cut at ${length}`).toBeGreaterThanOrEqual(length < first ? 0 : 1)
  }
})

test('spans past the retention are left out, and a segment without others is removed', () => {
  write(batchOf(1), batchOf(2))
  write(batchOf(3, 10), batchOf(4))
  expect(load(5_000_000)).toEqual([batchOf(10)])
  expect(fs.readdirSync(folder)).toEqual(['000002.jsonl.gz'])
})

test('nothing is written for an empty batch', () => {
  openSegments(folder).append(batchOf())
  expect(fs.readdirSync(folder)).toEqual([])
})
