/**
 * Rows as text that a spreadsheet takes: cells parted by tabs, rows by line ends. What a spreadsheet would
 * reckon with is marked as text, because names of spans come from outside.
 */
export const toTsv = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => row.map(toCell).join('\t')).join('\r\n')

function toCell(value: string | number | null): string {
  if (typeof value === 'number') return String(value)
  const text = (value ?? '').replaceAll(/[\t\r\n]+/g, ' ')
  return /^[=+\-@]/.test(text) ? `'${text}` : text
}
