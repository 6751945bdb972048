import { showEscapes } from '@/lib/format/show-escapes'
import { classNames } from './class-names'

type Props = { readonly id: string; readonly className?: string }

/** An id exactly as it is: kept apart from the direction of the text, look-alike letters written out. */
export function ExactId({ id, className }: Props) {
  return <bdi className={classNames('font-mono', className)}>{showEscapes(id)}</bdi>
}
