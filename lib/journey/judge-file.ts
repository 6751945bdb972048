import type { FileFact, RowFact } from './fact'

/** `same` there, as its record says · `differs` there, and another one · `absent` not there, and that is proven. */
export type FileWord = 'same' | 'differs' | 'absent' | 'unclear'

/** Holds what the storage says of an order's file against what the order's record says of it. */
export function judgeFile({ state, proven, size, attributes }: FileFact, row?: RowFact): FileWord {
  if (state === 'absent') return proven ? 'absent' : 'unclear'
  if (state !== 'there') return 'unclear'
  const said = row?.attributes ?? {}
  const differs =
    isOther(said.file_size?.value, size === null ? undefined : `${size}`) ||
    isOther(said.file_etag?.value, attributes.file_etag?.value)
  return differs ? 'differs' : 'same'
}

/** What one side does not say is no difference. */
const isOther = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && bare(a) !== bare(b)

const bare = (text: string) => text.replace(/^"|"$/g, '')
