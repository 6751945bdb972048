const JSON_TYPES = /^(\*\/\*|application\/(\*|json|problem\+json))$/
const EVENT_TYPES = /^(\*\/\*|text\/(\*|event-stream))$/

/** Whether an `Accept` header lets us answer with JSON; without one everything is accepted. */
export const acceptsJson = (accept: string | null): boolean => accepts(accept, JSON_TYPES)

/** The same for a stream of events. */
export const acceptsEvents = (accept: string | null): boolean => accepts(accept, EVENT_TYPES)

function accepts(accept: string | null, types: RegExp): boolean {
  if (!accept) return true
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .some(
      ([type = '', ...parameters]) =>
        types.test(type) && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)),
    )
}
