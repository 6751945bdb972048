import { isIP } from 'node:net'
import type { Pipeline } from '@/lib/journey/pipeline'
import { fittingOrderId } from './order-id'
import { pathTemplate } from './path-template'
import { looksSecret, plain } from './scrub'
import { sqlShape } from './sql-shape'
import { stackFrames } from './stack-frames'

/** What one kind of field accepts. */
export type Validator = {
  /** The value as it may go on, or null. */
  readonly accept: (text: string, pipeline: Pipeline) => string | null
  /** Which of the second net's patterns read it: a card's digits are an id's right. */
  readonly net: 'none' | 'identifier' | 'all'
}

const matching = (pattern: RegExp, net: Validator['net'] = 'identifier'): Validator => ({
  accept: (text) => (pattern.test(text) ? text : null),
  net,
})

/** One of the words given, in whatever case it comes. */
export const oneOf = (...words: readonly string[]): Validator => ({
  accept: (text) => words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? null,
  net: 'none',
})

/** A whole number in a range. */
export const int = (from: bigint | number, until: bigint | number): Validator => ({
  accept: (text) => {
    if (!/^-?[0-9]{1,19}$/.test(text)) return null
    const number = BigInt(text)
    return number >= from && number <= until ? String(number) : null
  },
  net: 'none',
})

const MAX_MS = 31 * 24 * 3_600_000

/** Milliseconds from 0 to 31 days, with a fraction or without. */
export const ms: Validator = {
  accept: (text) =>
    /^[0-9]{1,10}(\.[0-9]{1,6})?$/.test(text) && Number(text) <= MAX_MS ? text : null,
  net: 'none',
}

export const bool = oneOf('true', 'false')
export const id = (length: number) =>
  matching(new RegExp(`^[A-Za-z0-9][A-Za-z0-9._:/-]{0,${length - 1}}$`))
export const ident = (length: number) =>
  matching(new RegExp(`^[A-Za-z_<][A-Za-z0-9_.$:<>/-]{0,${length - 1}}$`))
export const hex = (from: number, until: number) =>
  matching(new RegExp(`^[0-9A-Fa-f]{${from},${until}}$`))
export const uuid = matching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i)
export const version = matching(/^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/)
/** A moment as ISO 8601 writes it. */
export const instant = matching(
  /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})$/,
)
export const sqlState = matching(/^[0-9A-Z]{5}$/)
export const bucket = matching(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
export const s3Key = matching(/^[A-Za-z0-9!_.'()*/-]{1,1024}$/)
export const etag = matching(/^"?[0-9a-f]{32}(-[0-9]{1,5})?"?$/)
export const kubeName = matching(/^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/)

const DNS =
  /^(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*\.?$/

/** A DNS name; an address literal fails. */
export const dns: Validator = {
  accept: (text) => (DNS.test(text) && isIP(text) === 0 && /[A-Za-z]/.test(text) ? text : null),
  net: 'identifier',
}

/** `orderId.pattern` of the pipeline, in its canonical case. */
export const order: Validator = {
  accept: (text, { orderId }) => fittingOrderId(text, orderId),
  net: 'identifier',
}

/** A channel of the pipeline. */
export const channel: Validator = {
  accept: (text, { channels }) => (channels.some(({ id: name }) => name === text) ? text : null),
  net: 'none',
}

const ID_200 = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,199}$/

/** Exchange, routing key and queue between colons, each a configured name or an id. */
export const destination: Validator = {
  accept: (text, { names }) => {
    const known = [...names.exchanges, ...names.queues, ...names.routingKeys]
    if (text.split(':').every((part) => known.includes(part))) return text
    return ID_200.test(text) ? text : null
  },
  net: 'identifier',
}

/** A path without ids and query. */
export const template: Validator = { accept: pathTemplate, net: 'all' }

/** The shape of a statement, without its values. */
export const shape = (length: number): Validator => ({
  accept: (text) => {
    const statement = sqlShape(text)
    return statement.length <= length ? statement : null
  },
  net: 'all',
})

/** Functions, base names and lines of a stack trace. */
export const frames: Validator = { accept: stackFrames, net: 'identifier' }

/** Free text of at most 500 characters, if no net catches anything in it. */
export const scrubbed: Validator = {
  // The whole text is read before the cut, or half a secret could stay.
  accept: (text) => (looksSecret(text) ? null : plain(text).slice(0, 500)),
  net: 'all',
}

/** The last part of a path. */
export const baseName: Validator = {
  accept: (text, pipeline) => id(120).accept(text.split(/[\\/]/).at(-1) ?? '', pipeline),
  net: 'identifier',
}

/** What the first that accepts makes of it; the strictest net of them all reads it. */
export const either = (first: Validator, ...others: readonly Validator[]): Validator => ({
  accept: (text, pipeline) => {
    for (const { accept } of [first, ...others]) {
      const value = accept(text, pipeline)
      if (value !== null) return value
    }
    return null
  },
  net: [first, ...others].some(({ net }) => net === 'all')
    ? 'all'
    : [first, ...others].some(({ net }) => net === 'identifier')
      ? 'identifier'
      : 'none',
})

const OLD_OPERATIONS: Readonly<Record<string, string>> = { publish: 'send', deliver: 'process' }

/** What a messaging span does; the words of older conventions become today's. */
export const messagingOperation: Validator = {
  accept: (text, pipeline) => {
    const word = ident(40).accept(text, pipeline)
    return word && (OLD_OPERATIONS[word] ?? word)
  },
  net: 'identifier',
}
