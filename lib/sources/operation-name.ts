import type { Pipeline } from '@/lib/journey/pipeline'
import { withoutOrderIds } from './order-id'
import { pathTemplate } from './path-template'
import { looksSecret, plain } from './scrub'

const HIDDEN = '[operation]'

const METHOD = '(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|TRACE|CONNECT|QUERY|HTTP|_OTHER)'
const HTTP = new RegExp(`^${METHOD}(?: (\\S{1,2000}))?$`)
const VERBS = 'publish|process|send|receive|deliver|fetch|create|settle|ack|nack'
const PLACE = '(?:<default>|[A-Za-z0-9{][A-Za-z0-9._:/{}-]{0,199})'
const MESSAGING = new RegExp(`^(?:${PLACE} (?:${VERBS})|(?:${VERBS}) ${PLACE})$`)
const SQL = /^[A-Z]{3,20}(?: (?:FROM |INTO )?[A-Za-z_][A-Za-z0-9_.$]{0,127})?$/
const IDENT = /^[A-Za-z_<][A-Za-z0-9_.$:<>/{}-]{0,159}$/
const WORDS = ['connection attempt', 'tcp connection attempt']

/** The name of a span as it may go on: configured, or of a form that names code and routes, never data; else `[operation]`. */
export function toOperationName(name: string, { names, orderId }: Pipeline): string {
  const text = plain(name).trim()
  if (text.length === 0 || text.length > 2_100) return HIDDEN

  const http = HTTP.exec(text)
  if (http) return toHttpName(http[1] ?? '', http[2])
  if (text.startsWith('/')) return pathTemplate(text) ?? HIDDEN

  const without = withoutOrderIds(text, orderId)
  const configured = text.length <= 160 && names.operations.some((known) => matches(known, text))
  const known = configured || [MESSAGING, SQL, IDENT].some((form) => form.test(without))
  if (!known && !WORDS.includes(text)) return HIDDEN
  return looksSecret(without) ? HIDDEN : without
}

const toHttpName = (method: string, path: string | undefined): string => {
  if (!path) return method
  const template = pathTemplate(path)
  return template ? `${method} ${template}` : method
}

const matches = (known: RegExp, text: string) => text.search(known) !== -1

const EVENTS = [
  'exception',
  'order.status_changed',
  'status_changed',
  'order_submitted',
  'price_calculated',
  'manufacturing_started',
]

/** The name of an event inside a span: known or configured, else `[event]`. */
export const toEventName = (name: string, { names, orderId }: Pipeline): string =>
  EVENTS.includes(name) ||
  (name.length <= 80 &&
    names.operations.some((known) => matches(known, name)) &&
    !looksSecret(name))
    ? withoutOrderIds(name, orderId)
    : '[event]'
