import 'server-only'
import { readFileSync } from 'node:fs'
import type { Pipeline } from '@/lib/journey/pipeline'
import { parsePipeline } from './parse-pipeline'
import { PipelineError } from './pipeline-error'

const held = Symbol.for('order-journey.pipelines')

/** Reads a file once per process, whichever copy of this module asks. Throws `PipelineError`. */
export function loadPipeline(file: string): Pipeline {
  const pipelines = heldPipelines()
  const known = pipelines.get(file)
  if (known) return known

  const pipeline = parsePipeline(read(file), file)
  pipelines.set(file, pipeline)
  return pipeline
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    const found = `no readable file (${code})`
    const problem = {
      code: 'unreadable',
      line: 1,
      path: [],
      found,
      allowed: 'a YAML file',
    } as const
    throw new PipelineError(file, [problem], cause)
  }
}

/** The one place where the process-wide map is named and typed. */
function heldPipelines(): Map<string, Pipeline> {
  const process = globalThis as { [held]?: Map<string, Pipeline> }
  process[held] ??= new Map()
  return process[held]
}
