import { expect, test } from 'vitest'
import { toProvider } from './provider'

const issuer = new URL('https://sso.example')
const document = {
  issuer: 'https://sso.example',
  authorization_endpoint: 'https://sso.example/auth',
  token_endpoint: 'https://sso.example/token',
  jwks_uri: 'https://keys.example/jwks',
  end_session_endpoint: 'https://sso.example/end',
  id_token_signing_alg_values_supported: ['HS256', 'RS256'],
}

test('a discovery document is read, its issuer to the letter', () => {
  expect(toProvider(issuer, document)).toMatchObject({
    issuer: 'https://sso.example',
    endSessionEndpoint: 'https://sso.example/end',
  })
  expect(toProvider(issuer, { ...document, issuer: 'https://sso.example/' }).issuer).toBe(
    'https://sso.example/',
  )
  const { end_session_endpoint: _, ...without } = document
  expect(toProvider(issuer, without).endSessionEndpoint).toBeNull()
})

test.each([
  null,
  'text',
  {},
  { ...document, issuer: 'https://evil.example' },
  { ...document, issuer: 'https://sso.example/other' },
  { ...document, jwks_uri: 'http://sso.example/jwks' },
  { ...document, end_session_endpoint: 'javascript:alert(1)' },
  { ...document, token_endpoint: 'nowhere' },
])('%j is not believed', (wrong) => {
  expect(() => toProvider(issuer, wrong)).toThrow(
    expect.objectContaining({ code: 'source', fault: 'malformed' }),
  )
})

test('a provider without TLS may be one on loopback, all of it', () => {
  const plain = JSON.parse(JSON.stringify(document).replaceAll('https:', 'http:'))
  expect(toProvider(new URL('http://sso.example'), plain).jwksUri).toBe('http://keys.example/jwks')
})
