import { InvalidInputError } from '@/lib/errors'
import { findJsonFault } from './find-json-fault'

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

/** The media types that a write may bring. */
export const bodyTypeOf = (request: Request): 'json' | 'form' | null => {
  const [type] = (request.headers.get('content-type') ?? '').toLowerCase().split(';', 1)
  if (type?.trim() === JSON_TYPE) return 'json'
  return type?.trim() === FORM_TYPE ? 'form' : null
}

/** The fields of a body, JSON or a form; throws `invalid-input` for anything that is not an object of fields. */
export async function readBody(request: Request): Promise<ReadonlyMap<string, unknown>> {
  const text = await request.text()
  return bodyTypeOf(request) === 'form' ? toFields(new URLSearchParams(text)) : toJsonFields(text)
}

/** The fields of a query or a form; throws `invalid-input` for one that is there twice. */
export function toFields(pairs: Iterable<readonly [string, string]>): Map<string, unknown> {
  const fields = new Map<string, unknown>()
  for (const [name, value] of pairs) {
    if (fields.has(name)) throw new InvalidInputError(name.slice(0, 80), 'Said more than once')
    fields.set(name, value)
  }
  return fields
}

function toJsonFields(text: string): Map<string, unknown> {
  const body = parse(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new InvalidInputError('body', 'The body is not a JSON object')
  const fault = findJsonFault(text)
  if (fault) throw new InvalidInputError('body', `The body is refused: ${fault}`)
  return new Map(Object.entries(body))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // What is wrong with it is the sender's to find.
  }
}
