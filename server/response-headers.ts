import crypto from 'node:crypto'
import { toContentSecurityPolicy } from './content-security-policy'

/** What every answer carries, whoever makes it. */
export type ResponseHeaders = Readonly<Record<string, string>>

type Setting = {
  readonly baseUrl: URL
  readonly issuerOrigin: string
  readonly dev?: boolean
}

/** Headers of one answer, with a nonce of its own. */
export function toResponseHeaders({
  baseUrl,
  issuerOrigin,
  dev = false,
}: Setting): ResponseHeaders {
  const nonce = crypto.randomBytes(16).toString('base64')
  return {
    'content-security-policy': toContentSecurityPolicy({ nonce, issuerOrigin, dev }),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ...(baseUrl.protocol === 'https:'
      ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
      : {}),
  }
}
