import type { Pipeline } from '@/lib/journey/pipeline'
import { type Finding, missing, ok, toMessage } from './finding'

type Checked = { readonly pipeline: Pipeline | null; readonly findings: readonly Finding[] }

/** Whether the pipeline file can be read and holds together; its own message names line and key. */
export function checkPipeline(file: string, load: (file: string) => Pipeline): Checked {
  try {
    const pipeline = load(file)
    const { statuses, systems } = pipeline
    const says = `${file}: ${systems.length} systems, ${statuses.length} statuses`
    return { pipeline, findings: [ok('pipeline', says)] }
  } catch (error) {
    const cure = `edit ${file}, or name another in PIPELINE_FILE; docs/pipeline.md explains every key`
    return { pipeline: null, findings: [missing('pipeline', toMessage(error), cure)] }
  }
}
