import type { Attributes } from './types'

/** What is another value once a process has been started again. */
const MARKS = [
  'service.instance.id',
  'process.creation.time',
  'process.pid',
  'container.id',
  'k8s.container.restart_count',
] as const

/** A name for the process that a span came from, the same for all its spans; null where nothing tells it apart. */
export function processOf(attributes: Attributes): string | null {
  const marks = MARKS.flatMap((key) => attributes[key]?.value ?? [])
  return marks.length > 0 ? marks.join(' ') : null
}
