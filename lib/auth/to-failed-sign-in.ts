import 'server-only'

/** Why a sign-in opened no session: no second factor · the provider does not answer · anything else. */
const SIGN_IN_FAILURES = ['factor', 'provider', 'callback'] as const
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number]

/** The sign-in page that says so. */
export const toFailedSignIn = (failure: SignInFailure): string => `/signin?failed=${failure}`

/** What such an address says; whatever else it may be is `callback`. */
export const toSignInFailure = (said: unknown): SignInFailure =>
  SIGN_IN_FAILURES.find((failure) => failure === said) ?? 'callback'
