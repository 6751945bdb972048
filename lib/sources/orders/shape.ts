import { CONTRACT, type ViewName } from './contract'

/** The columns one database keeps, by view. A view that is missing, or lacks a mandatory column, is not here. */
export type Shape = {
  readonly views: Readonly<Partial<Record<ViewName, ReadonlySet<string>>>>
  /** Mandatory views and columns it lacks: `orders.status`. Nothing is read while there are any. */
  readonly broken: readonly string[]
  /** Optional views and columns it lacks, for the report. */
  readonly notKept: readonly string[]
}

export type FoundColumn = { readonly view: string; readonly column: string; readonly type: string }

const FITS: Readonly<Record<string, RegExp>> = {
  text: /^/, // Read as text, whatever it is.
  time: /^timestamp(\(\d\))? with time zone$/, // Without a zone it could be hours off.
  number: /^(smallint|integer|bigint|numeric)/,
  list: /\[\]$/,
}
const KEY = /^(text|character|name|citext|public\.citext)/

/** Compares the columns a database shows with the contract. A column of a type that cannot be read is not there. */
export function toShape(found: readonly FoundColumn[], copy: boolean): Shape {
  const views: Partial<Record<ViewName, ReadonlySet<string>>> = {}
  const broken: string[] = []
  const notKept: string[] = []

  for (const name of viewNames(copy)) {
    const { columns, mandatory } = CONTRACT[name]
    const kept = new Set(
      found.filter((one) => one.view === name && fits(name, one)).map((one) => one.column),
    )
    const lacking = Object.keys(columns).filter((column) => !kept.has(column))
    const lackingMandatory = lacking.filter((column) => columns[column]?.mandatory)

    if (lackingMandatory.length > 0) {
      const lacks = kept.size === 0 ? [name] : lackingMandatory.map((column) => `${name}.${column}`)
      if (mandatory) broken.push(...lacks)
      else notKept.push(name)
      continue
    }
    views[name] = new Set(Object.keys(columns).filter((column) => kept.has(column)))
    notKept.push(...lacking.map((column) => `${name}.${column}`))
  }
  return { views, broken, notKept }
}

/** Whether the column can be read as the contract means it. */
export function fits(view: ViewName, { column, type }: FoundColumn): boolean {
  const wanted = CONTRACT[view].columns[column]
  if (!wanted) return false
  return column === 'order_id' ? KEY.test(type) : Boolean(FITS[wanted.kind]?.test(type))
}

/** Whether this database has the view, with every mandatory column. */
export const keeps = ({ views }: Shape, view: ViewName, column?: string): boolean =>
  column === undefined ? views[view] !== undefined : Boolean(views[view]?.has(column))

/** The views that are looked for; only a copy has a heartbeat. */
export const viewNames = (copy: boolean): ViewName[] =>
  copy
    ? ['orders', 'status_changes', 'dead_letters', 'heartbeat']
    : ['orders', 'status_changes', 'dead_letters']
