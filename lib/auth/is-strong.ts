import 'server-only'

/** RFC 8176 methods that a password alone cannot give. */
const STRONG: readonly string[] = ['mfa', 'otp', 'hwk', 'swk', 'sc', 'pop', 'fpt', 'face', 'iris']

/** How somebody signed in, as an ID token tells it. */
export type Proof = { readonly amr?: unknown; readonly acr?: unknown }

/**
 * Whether more than a password was proved: by a method of `amr`, or by an `acr` that the operator named. A claim
 * must be there in its own shape, a list or a text: anything else is no.
 */
export const isStrong = ({ amr, acr }: Proof, strongAcrs: readonly string[]): boolean =>
  (Array.isArray(amr) && amr.some((method) => STRONG.includes(method))) ||
  (typeof acr === 'string' && strongAcrs.includes(acr))
