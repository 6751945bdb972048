const ADJUSTED = /^This span's timestamps were adjusted by (-?[0-9][0-9.a-zµ]{0,40})$/
const CUT = /^trace has more than ([0-9]{1,12}) spans, showing first ([0-9]{1,12}) spans only$/

/** The warnings worth showing, in Jaeger's words; the rest is about its own clock adjustment. */
export const knownWarnings = (warnings: readonly string[]): readonly string[] =>
  warnings.filter((warning) => isAdjusted(warning) || isCut(warning))

/** Its times are guesses. */
export const isAdjusted = (warning: string): boolean => ADJUSTED.test(warning)

/** Jaeger left spans of this trace out. */
export const isCut = (warning: string): boolean => CUT.test(warning)
