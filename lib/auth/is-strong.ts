import 'server-only'

/** RFC 8176 methods that a password alone cannot give. */
const STRONG: readonly string[] = ['mfa', 'otp', 'hwk', 'swk', 'sc', 'pop', 'fpt', 'face', 'iris']

/** Whether more than a password was proved. The claim must be there, and be a list: anything else is no. */
export const isStrong = (amr: unknown): boolean =>
  Array.isArray(amr) && amr.some((method) => STRONG.includes(method))
