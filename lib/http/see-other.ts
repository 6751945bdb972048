import { toReturnTo } from './return-to'

const elsewhere = Symbol.for('order-journey.see-other')

/** Where the browser goes after a form: an answer without data. */
export type SeeOther = { readonly location: string; readonly [elsewhere]: true }

/** Sends the browser on with 303; an address that is not on this site becomes `/`. */
export const seeOther = (location: string): SeeOther => ({
  location: toReturnTo(location),
  [elsewhere]: true,
})

export const isSeeOther = (answer: unknown): answer is SeeOther =>
  typeof answer === 'object' && answer !== null && elsewhere in answer
