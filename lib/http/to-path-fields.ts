import { InvalidInputError } from '@/lib/errors'

type Segments = Readonly<Record<string, string | readonly string[]>>

/** The dynamic segments of an address by name; a catch-all keeps its slashes. */
export const toPathFields = (params: unknown): ReadonlyMap<string, string> =>
  new Map(
    Object.entries((params ?? {}) as Segments).map(([name, value]) => [
      name,
      [value].flat().join('/'),
    ]),
  )

/** The same for a page, to which Next gives them still encoded, unlike to a route. Throws `invalid-input`. */
export const toDecodedPathFields = (params: unknown): ReadonlyMap<string, string> =>
  new Map([...toPathFields(params)].map(([name, text]) => [name, decode(name, text)]))

function decode(name: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new InvalidInputError(name, 'Not a valid encoding') // The exception says no more.
  }
}
