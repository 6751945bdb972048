import type { ReactNode } from 'react'

type Column<Row> = {
  readonly id: string
  readonly label: string
  readonly cell: (row: Row, index: number) => ReactNode
  readonly numeric?: boolean
  /** The cell that names its row. */
  readonly heads?: boolean
}

type Props<Row> = {
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly toKey: (row: Row) => string
  /** Rows that a sheet of paper has room for: all, where it is not said. */
  readonly onPaper?: (row: Row) => boolean
}

/** A table that scrolls by itself on a narrow screen and can be reached by keyboard. */
export function Table<Row>({ caption, columns, rows, toKey, onPaper }: Props<Row>) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="card overflow-x-auto">
      <table className="w-full border-collapse text-sm [overflow-wrap:normal]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {columns.map(({ id, label, numeric }) => (
              <th
                key={id}
                scope="col"
                className={`px-3 py-2 font-medium whitespace-nowrap ${numeric ? 'text-right' : ''}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr
              key={toKey(row)}
              className={`border-b border-line last:border-0 hover:bg-sunken ${onPaper?.(row) === false ? 'print:hidden' : ''}`}
            >
              {columns.map(({ id, cell, numeric, heads }) => {
                const Cell = heads ? 'th' : 'td'
                return (
                  <Cell
                    key={id}
                    scope={heads ? 'row' : undefined}
                    className={`px-3 py-1.5 align-top font-normal print:py-1 ${numeric ? 'text-right' : 'text-left'}`}
                  >
                    {cell(row, index)}
                  </Cell>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
