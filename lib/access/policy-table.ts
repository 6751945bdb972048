// Long because it is the whole table of who may do what: one row is one action, and nothing else is in here.
import type { Role } from './viewer'

/** What narrows a right. Whoever answers must obey it; each has a sentence in `LIMITS`. */
export type Limit = keyof typeof LIMITS

/** `absent`: not reachable on that listener, as if there were no such address. */
export type Cell = 'yes' | 'no' | 'absent' | Limit

type Column = 'support' | 'manager' | 'devops' | 'dev' | 'partner'

type Row = { readonly what: string } & Readonly<Record<Column, Cell>>

export const LIMITS = {
  own: 'own only, anything else is unknown',
  'own-numbers': 'own order numbers only',
  'own-pages': 'own only, keyset pages of at most 100',
  'own-public': 'own only, public stage names only',
  'own-and-role': 'own; may be shared with the own role',
  'own-orders-read': 'own, with the scope `orders:read`',
  'at-most-200': 'at most 200 ids',
  'as-the-page': 'as the page it feeds, never more',
  'own-permit': 'each order by a permit of its own',
  'stages-only': 'stages only',
  'stage-totals': 'stage totals only',
  'no-values': 'certainty, names and ages of the sources, blind spots; no values',
  'by-reveal': 'one order at a time, with a reason of at least 10 characters, 30 an hour',
  hash: 'a keyed hash of 8 hex digits',
  'order-in-scope': 'a trace with an order in scope',
  count: 'how many',
  'count-and-key-hash': 'how many, and a hash of the key',
  'public-code': 'a public code',
  level: 'empty, normal or backed up',
  presence: 'present, absent or unknown',
  'traced-or-not': 'traced or not, per lane',
  'rows-1000': 'at most 1,000 rows, 10 an hour',
  'rows-50000': 'at most 50,000 rows, 10 an hour',
  'step-up': 'signed in again within 15 minutes',
  'counts-per-day': 'counts per partner and day',
  'up-or-down': 'up or down',
} as const

const row = (
  what: string,
  support: Cell,
  manager: Cell,
  devops: Cell,
  dev: Cell,
  partner: Cell,
): Row => ({ what, support, manager, devops, dev, partner })

/** Every action of the product. One that has no row is denied to everybody. */
export const TABLE = {
  'order.lookup': row('one order by its id', 'yes', 'yes', 'yes', 'yes', 'own'),
  'order.resolve': row('the order behind another id', 'yes', 'yes', 'yes', 'yes', 'own-numbers'),
  'order.paste': row(
    'many ids at once',
    'at-most-200',
    'at-most-200',
    'at-most-200',
    'at-most-200',
    'no',
  ),
  'order.list': row('lists and search', 'yes', 'yes', 'yes', 'yes', 'own-pages'),
  'journey.view': row('business stages and times', 'yes', 'yes', 'yes', 'yes', 'own-public'),
  'journey.stream': row(
    'live updates',
    'as-the-page',
    'as-the-page',
    'as-the-page',
    'as-the-page',
    'absent',
  ),
  'journey.json': row(
    'raw JSON of one order',
    'as-the-page',
    'as-the-page',
    'as-the-page',
    'as-the-page',
    'absent',
  ),
  'journey.bundle': row(
    'an evidence file for a ticket',
    'as-the-page',
    'no',
    'as-the-page',
    'as-the-page',
    'no',
  ),
  'journey.compare': row(
    'one order beside another',
    'own-permit',
    'stages-only',
    'own-permit',
    'own-permit',
    'no',
  ),
  'verdict.view': row('headline, sentence, whose turn', 'yes', 'yes', 'yes', 'yes', 'no'),
  'evidence.view': row('the facts behind it', 'yes', 'no-values', 'yes', 'yes', 'no'),
  'finding.devops': row('the paragraph for devops', 'no', 'no', 'yes', 'yes', 'no'),
  'customer-text.copy': row('the text for the customer', 'yes', 'yes', 'yes', 'yes', 'no'),
  'money.view': row('money, items', 'yes', 'yes', 'no', 'no', 'own'),
  'customer.view': row('the customer’s contact', 'by-reveal', 'no', 'no', 'no', 'no'),
  'customer.reveal': row('revealing it', 'by-reveal', 'no', 'no', 'no', 'no'),
  'customer.id.view': row('the customer’s internal id', 'yes', 'hash', 'hash', 'hash', 'no'),
  'staff.id.view': row('ids of the company’s people', 'yes', 'yes', 'hash', 'hash', 'no'),
  'trace.spans.view': row('spans one by one', 'yes', 'stage-totals', 'yes', 'yes', 'no'),
  'trace.view': row('the page of one trace', 'order-in-scope', 'no', 'yes', 'yes', 'no'),
  'spans.slow': row('slowest traces and operations', 'no', 'no', 'yes', 'yes', 'no'),
  'trace.attributes.a': row('attributes of class A', 'yes', 'no', 'yes', 'yes', 'no'),
  'trace.attributes.b': row('attributes of class B', 'no', 'no', 'yes', 'yes', 'no'),
  'trace.attributes.c': row(
    'attributes not listed',
    'no',
    'no',
    'count-and-key-hash',
    'count',
    'no',
  ),
  'errors.view': row('type and friendly text', 'yes', 'yes', 'yes', 'yes', 'public-code'),
  'trace.errors.view': row('masked message, stack frames', 'no', 'no', 'yes', 'yes', 'no'),
  'broker.view': row('state of the queues', 'level', 'level', 'yes', 'yes', 'no'),
  'file.view': row('state of the file', 'presence', 'no', 'yes', 'yes', 'no'),
  'coverage.view': row('what is traced', 'traced-or-not', 'traced-or-not', 'yes', 'yes', 'no'),
  'dashboard.stuck': row('stuck orders', 'yes', 'yes', 'yes', 'yes', 'no'),
  'metrics.business': row('dashboards', 'yes', 'yes', 'yes', 'yes', 'no'),
  'flow.view': row('process map, funnel, variants', 'yes', 'yes', 'yes', 'yes', 'no'),
  'export.csv': row(
    'CSV, never personal data',
    'rows-1000',
    'rows-50000',
    'rows-50000',
    'no',
    'no',
  ),
  'config.view': row('limits: view and try', 'yes', 'yes', 'yes', 'yes', 'no'),
  'config.edit': row('limits: edit', 'no', 'no', 'step-up', 'no', 'no'),
  'alert.view': row('alerts', 'yes', 'yes', 'yes', 'yes', 'no'),
  'alert.ack': row('alert: acknowledge', 'yes', 'no', 'yes', 'no', 'no'),
  'alert.silence': row('alert: silence, at most 24 h', 'no', 'no', 'step-up', 'no', 'no'),
  'note.read': row('notes on an order', 'yes', 'yes', 'yes', 'yes', 'no'),
  'note.write': row('a plain-text note', 'yes', 'yes', 'yes', 'yes', 'no'),
  'view.save': row(
    'saved views',
    'own-and-role',
    'own-and-role',
    'own-and-role',
    'own-and-role',
    'absent',
  ),
  'preferences.own': row('language, zone, theme, recents', 'own', 'own', 'own', 'own', 'absent'),
  'audit.own': row('own entries of the audit', 'yes', 'yes', 'yes', 'yes', 'no'),
  'audit.view': row('all entries of the audit', 'no', 'no', 'yes', 'no', 'no'),
  'partner.usage': row('what each partner opened', 'no', 'counts-per-day', 'yes', 'no', 'no'),
  'partner.registry': row('partners and their limits', 'no', 'no', 'step-up', 'no', 'no'),
  'session.revoke': row('end sessions', 'own', 'own', 'yes', 'own', 'absent'),
  'sources.status': row('state of the sources', 'up-or-down', 'up-or-down', 'yes', 'yes', 'no'),
  'partner.read': row(
    'the API for partners',
    'absent',
    'absent',
    'absent',
    'absent',
    'own-orders-read',
  ),
} as const satisfies Record<string, Row>

/** A row of the table, and the first argument of a right. */
export type Action = keyof typeof TABLE

/** Developers and QA share a column; the presets admit them apart. */
export const COLUMN: Record<Role, Column> = {
  support: 'support',
  manager: 'manager',
  devops: 'devops',
  developer: 'dev',
  qa: 'dev',
  partner: 'partner',
}
