import type { z } from 'zod'
import { type Path, type Problem, type ProblemCode, toFound } from './pipeline-error'

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' }

/** What a field may be, for those whose schema does not say it in words of its own. */
export function toAllowed(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.map(String).join(', ')
    case 'too_small':
      return `at least ${issue.minimum}${UNITS[issue.origin] ?? ''}`
    case 'too_big':
      return `at most ${issue.maximum}${UNITS[issue.origin] ?? ''}`
    case 'unrecognized_keys':
      return keysOf(issue.inst).join(', ')
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'another key'
    case 'invalid_union':
      return toOptions(issue)
    default:
      return 'another value'
  }
}

const toOptions = (issue: object) =>
  'options' in issue && Array.isArray(issue.options) ? issue.options.join(', ') : 'another value'

const keysOf = (schema: unknown) =>
  schema instanceof Object && 'shape' in schema ? Object.keys(Object(schema.shape)) : []

/** What zod refused in `data`, in our words. */
export function toProblems(issues: readonly z.core.$ZodIssue[], data: unknown): Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol')
    const allowed = issue.message
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => unknownKey([...path, key], key, allowed))

    const value = issue.code === 'invalid_key' ? path.at(-1) : valueAt(data, path)
    return [{ code: toCode(issue, value), path, found: toFound(value), allowed }]
  })
}

const unknownKey = (path: Path, key: string, allowed: string): Problem => ({
  code: 'unknown-key',
  path,
  found: `the key ${toFound(key)}`,
  allowed,
})

function toCode(issue: z.core.$ZodIssue, value: unknown): ProblemCode {
  if (value === undefined) return 'missing-key'
  if (issue.code === 'invalid_type') return 'wrong-type'
  const named = issue.code === 'custom' ? issue.params?.problem : undefined
  return named === 'order' || named === 'duplicate' ? named : 'wrong-value'
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      value instanceof Object && Object.hasOwn(value, step)
        ? (value as Record<string | number, unknown>)[step]
        : undefined,
    data,
  )
