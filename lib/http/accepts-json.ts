/** Whether an `Accept` header lets us answer with JSON; without one everything is accepted. */
export function acceptsJson(accept: string | null): boolean {
  if (!accept) return true
  return accept
    .toLowerCase()
    .split(',')
    .map((range) => range.split(';').map((part) => part.trim()))
    .some(
      ([type = '', ...parameters]) =>
        /^(\*\/\*|application\/(\*|json|problem\+json))$/.test(type) &&
        !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter)),
    )
}
