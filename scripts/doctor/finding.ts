/** One line of the doctor. Only `missing` stops the product from being of use. */
export type Finding = {
  readonly level: 'ok' | 'missing' | 'warn'
  readonly subject: string
  readonly says: string
  /** The exact command, setting or SQL; null where nothing has to be done. */
  readonly cure: string | null
}

export const ok = (subject: string, says: string): Finding => ({
  level: 'ok',
  subject,
  says,
  cure: null,
})

export const missing = (subject: string, says: string, cure: string): Finding => ({
  level: 'missing',
  subject,
  says,
  cure,
})

export const warn = (subject: string, says: string, cure: string): Finding => ({
  level: 'warn',
  subject,
  says,
  cure,
})

/** A finding as it is printed, its cure indented below it. */
export function toText({ level, subject, says, cure }: Finding): string {
  const indented = cure === null ? [] : cure.split('\n').map((line) => `          ${line}`)
  return [`${level.padEnd(8)}${subject}: ${says}`, ...indented, ''].join('\n')
}

/** What an error says, with what is inside it where it says nothing itself. */
export function toMessage(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(toMessage).join(', ')
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message} (${toMessage(error.cause)})`
}
