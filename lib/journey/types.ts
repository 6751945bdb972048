/** Milliseconds since the Unix epoch. Fractions keep Jaeger's microseconds. */
export type EpochMs = number & { readonly __unit: 'EpochMs' }

export const epochMs = (value: number): EpochMs => value as EpochMs

/** A lane as the pipeline names it: `shop`, `mes`. */
export type SystemId = string

/** A status as the pipeline, or a database, names it: `SUBMITTED`. */
export type Status = string

/**
 * Who may see a field. A: typed and harmless · B: technical · HC: a customer's internal id ·
 * HS: a staff member's internal id · M: money · R: for rules and matching, shown to nobody.
 */
export type FieldClass = 'A' | 'B' | 'HC' | 'HS' | 'M' | 'R'

declare const masked: unique symbol

/** A value that passed an adapter's allow-list, with its class. Only `lib/sources/mask.ts` makes one. */
export type Masked<T> = {
  readonly value: T
  /** What a viewer sees where that is less than the value, such as the end of a file key. */
  readonly shown?: string
  readonly class: FieldClass
  readonly [masked]: true
}

export type Attributes = Readonly<Record<string, Masked<string>>>

/** `undefined`: the company does not keep it, so it proves nothing. `null`: it has not happened yet. */
export type Kept<T> = T | null | undefined

/** A text in both languages of the product. */
export type Label = { readonly en: string; readonly ru: string }

export const LEVELS = ['ok', 'warn', 'breach'] as const
export type Level = (typeof LEVELS)[number]
