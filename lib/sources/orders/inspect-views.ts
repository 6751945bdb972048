import { CONTRACT, SCHEMA, type ViewName } from './contract'
import { type FoundColumn, fits, viewNames } from './shape'

/** One line about a database: what is there, what is not, and what puts it right. */
export type Observation = {
  readonly level: 'ok' | 'missing' | 'warn'
  /** `shop: order_journey.orders`. */
  readonly subject: string
  readonly says: string
  /** SQL, or what to look at; null where nothing has to be done. */
  readonly cure: string | null
}

/** Compares the columns a database shows, in their order, with the contract. */
export function inspectViews(
  name: string,
  found: readonly FoundColumn[],
  copy: boolean,
): Observation[] {
  return viewNames(copy).flatMap((view) => {
    const shown = found.filter((one) => one.view === view)
    const subject = `${name}: ${SCHEMA}.${view}`
    return shown.length === 0 ? [absent(view, subject)] : inspectColumns(view, subject, shown)
  })
}

function absent(view: ViewName, subject: string): Observation {
  const { mandatory, sharpens } = CONTRACT[view]
  return {
    level: mandatory ? 'missing' : 'warn',
    subject,
    says: mandatory ? 'not there, or not readable' : `not kept; it would sharpen ${sharpens}`,
    cure: toViewSql(view),
  }
}

function inspectColumns(
  view: ViewName,
  subject: string,
  shown: readonly FoundColumn[],
): Observation[] {
  const columns = Object.entries(CONTRACT[view].columns)
  const lacking = columns.filter(
    ([column]) => !shown.some((one) => one.column === column && fits(view, one)),
  )
  const lines = lacking.map(([column, { mandatory, sharpens, type }]): Observation => {
    const wrong = shown.find((one) => one.column === column)
    const verb = mandatory ? 'not there; it is needed for' : 'not kept; it would sharpen'
    return {
      level: mandatory ? 'missing' : 'warn',
      subject: `${subject}.${column}`,
      says: wrong ? `is ${wrong.type} and has to be ${type}` : `${verb}: ${sharpens}`,
      cure: null,
    }
  })
  const level = lines.some((line) => line.level === 'missing')
    ? 'missing'
    : lines.length > 0
      ? 'warn'
      : 'ok'
  return [
    ...lines,
    {
      level,
      subject,
      says: `${columns.length - lacking.length} of ${columns.length} columns`,
      cure: level === 'ok' ? null : toViewSql(view, shown),
    },
  ]
}

/**
 * The statement that makes a view whole. What it shows already stays in its order, because PostgreSQL lets a view
 * grow only at its end; a column of another type needs the view to be dropped first.
 */
function toViewSql(view: ViewName, shown: readonly FoundColumn[] = []): string {
  const { columns } = CONTRACT[view]
  const standing = shown.map(({ column }) => column)
  const names = [...standing, ...Object.keys(columns).filter((name) => !standing.includes(name))]
  const lines = names.map((name) => {
    const { type, mandatory } = columns[name] ?? { type: null, mandatory: true }
    const note = mandatory ? '' : ' -- leave out what is not recorded'
    return {
      sql: `  …${type ? `::${type}` : ''} as ${name}`,
      note: standing.includes(name) ? '' : note,
    }
  })
  const misfit = shown.some((one) => columns[one.column] && !fits(view, one))
  return [
    misfit ? `drop view ${SCHEMA}.${view};` : `create schema if not exists ${SCHEMA};`,
    `create or replace view ${SCHEMA}.${view} as select`,
    ...lines.map(({ sql, note }, index) => `${sql}${index < lines.length - 1 ? ',' : ''}${note}`),
    'from …;',
    `grant usage on schema ${SCHEMA} to order_journey_reader;`,
    `grant select on ${SCHEMA}.${view} to order_journey_reader;`,
  ].join('\n')
}
