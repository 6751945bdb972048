import type { FieldClass, Masked } from '@/lib/journey/types'

/** Marks a value that its adapter's allow-list accepted. The only maker of the brand. */
export function mask<T>(value: T, fieldClass: FieldClass, shown?: string): Masked<T> {
  const field =
    shown === undefined ? { value, class: fieldClass } : { value, class: fieldClass, shown }
  return field as Masked<T>
}
