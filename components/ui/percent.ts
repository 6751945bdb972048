/** A share of one as CSS, short enough that server and browser write the same. */
export const percent = (share: number): string => `${(share * 100).toFixed(3)}%`
