import type { Pipeline } from '@/lib/journey/pipeline'
import { findContradictions } from './find-contradictions'
import { PipelineError, type Problem } from './pipeline-error'
import { readYaml } from './read-yaml'
import { pipelineFile } from './schema'
import { toPipeline } from './to-pipeline'
import { toAllowed, toProblems } from './zod-problems'

/** The pipeline in a YAML text. Throws `PipelineError`, which names every problem with its line. */
export function parsePipeline(text: string, fileName: string): Pipeline {
  const { data, lineOf } = readYaml(text, fileName)
  const refuse = (problems: readonly Problem[], cause?: unknown) =>
    new PipelineError(
      fileName,
      problems
        .map((problem) => ({ ...problem, line: lineOf(problem.path) }))
        .sort((a, b) => a.line - b.line),
      cause,
    )

  const parsed = pipelineFile.safeParse(data, { error: toAllowed })
  if (!parsed.success) throw refuse(toProblems(parsed.error.issues, data), parsed.error)

  const contradictions = findContradictions(parsed.data)
  if (contradictions.length > 0) throw refuse(contradictions)
  return toPipeline(parsed.data)
}
