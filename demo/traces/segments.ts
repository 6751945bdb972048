import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'
import { type Batch, toMicros } from './batch'

// A segment is a file of gzip members, one for each accepted batch, each one JSON line:
//
//   000001.jsonl.gz   [batch][batch][batch]          full, never written again
//   000002.jsonl.gz   [batch][bat                    torn by kill -9: what was whole is read
//   000003.jsonl.gz   [batch]…                       every start begins a new one

export type Segments = {
  /** Calls back with every batch that is kept, spans older than the limit left out. */
  load(oldestUs: number, take: (batch: Batch) => void): void
  /** Written when it returns: the end of the process does not lose it. */
  append(batch: Batch): void
  close(): void
}

/** Small, because a segment is unpacked as a whole. */
const FULL = 1024 * 1024

/** The memory of the stand-in across restarts, in a folder that is made where it is missing. */
export function openSegments(folder: string): Segments {
  fs.mkdirSync(folder, { recursive: true })
  let file: number | null = null
  let written = 0

  function load(oldestUs: number, take: (batch: Batch) => void): void {
    for (const name of listNames(folder)) {
      let kept = 0
      for (const batch of readBatches(path.join(folder, name))) {
        const young = dropOld(batch, oldestUs)
        kept += young.spans.length
        if (young.spans.length > 0) take(young)
      }
      if (kept === 0) fs.rmSync(path.join(folder, name))
    }
  }

  function append(batch: Batch): void {
    if (batch.spans.length === 0) return
    if (file !== null && written > FULL) close()
    file ??= fs.openSync(path.join(folder, nextName(folder)), 'ax')
    const member = zlib.gzipSync(`${JSON.stringify(batch)}\n`, { level: 1 })
    try {
      fs.writeFileSync(file, member)
    } catch (cause) {
      close() // Nothing may follow a torn record.
      throw cause
    }
    written += member.length
  }

  function close(): void {
    if (file !== null) fs.closeSync(file)
    file = null
    written = 0
  }

  return { load, append, close }
}

const listNames = (folder: string) =>
  fs
    .readdirSync(folder)
    .filter((name) => /^[0-9]{6}\.jsonl\.gz$/.test(name))
    .sort()

const nextName = (folder: string) =>
  `${String(Number(listNames(folder).at(-1)?.slice(0, 6) ?? 0) + 1).padStart(6, '0')}.jsonl.gz`

function* readBatches(file: string): Generator<Batch> {
  for (const line of unzip(fs.readFileSync(file)).split('\n')) {
    const batch = line === '' ? null : parse(line)
    if (batch) yield batch
  }
}

/** Takes what is there of a file that ends too early. */
const unzip = (zipped: Buffer): string =>
  zlib.gunzipSync(zipped, { finishFlush: zlib.constants.Z_SYNC_FLUSH }).toString('utf8')

function parse(line: string): Batch | null {
  try {
    return JSON.parse(line)
  } catch {
    return null // The torn last record; it was never accepted.
  }
}

const dropOld = (batch: Batch, oldestUs: number): Batch => ({
  ...batch,
  spans: batch.spans.filter((row) => toMicros(row[7]) >= oldestUs),
})
