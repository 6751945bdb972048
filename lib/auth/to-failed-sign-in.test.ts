import { expect, test } from 'vitest'
import { toFailedSignIn, toSignInFailure } from './to-failed-sign-in'

test.each(['factor', 'provider', 'callback'] as const)('%s is read as it was said', (failure) => {
  const said = new URL(toFailedSignIn(failure), 'http://journey.test').searchParams.get('failed')
  expect(toSignInFailure(said)).toBe(failure)
})

test.each(['1', '', 'toString', undefined, ['factor']])('%j is any other failure', (said) => {
  expect(toSignInFailure(said)).toBe('callback')
})
