/** A text as a PromQL string. */
export const quote = (text: string): string =>
  `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}"`

/** Matches any of these values and nothing else, whatever is in them. */
export const anyOf = (label: string, values: readonly string[]): string =>
  `${label}=~${quote(values.map(escapeRegex).join('|'))}`

export const is = (label: string, value: string): string => `${label}=${quote(value)}`

export const isNot = (label: string, value: string): string => `${label}!=${quote(value)}`

const escapeRegex = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** A metric with its matchers; those that are null are left out. */
export const select = (metric: string, ...matchers: readonly (string | null)[]): string =>
  `${metric}{${matchers.filter((one) => one !== null).join(',')}}`

export const sumBy = (labels: readonly string[], expression: string): string =>
  `sum by (${labels.join(',')}) (${expression})`

export const rate = (selector: string, window: string): string => `rate(${selector}[${window}])`
