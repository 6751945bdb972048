import { readFileSync } from 'node:fs'
import type { Pipeline } from '@/lib/journey/pipeline'
import { parsePipeline } from '@/lib/pipeline/parse-pipeline'
import type { Sight } from './sight'

const FILE = 'lib/pipeline/alexandrite.yaml'
const held = new Map<string, Pipeline>()

/** The pipeline of the jeweller under one preset, which decides what is traced. */
export function pipelineOf({ preset, sampled }: Sight): Pipeline {
  const name = `${preset} ${sampled}`
  const known = held.get(name)
  if (known) return known
  const text = readFileSync(FILE, 'utf8')
    .replace(/^preset: s4/m, `preset: ${preset}`)
    .replace(/orderTraffic: 1\.0/, `orderTraffic: ${sampled}`)
  const pipeline = parsePipeline(text, FILE)
  held.set(name, pipeline)
  return pipeline
}
