import { readFileSync } from 'node:fs'
import type { ClientConfig } from 'pg'

/** Where a database is, and the files that prove who is who. */
export type Address = {
  readonly url: string
  readonly tls?: {
    readonly caFile?: string | undefined
    readonly certFile?: string | undefined
    readonly keyFile?: string | undefined
  }
}

const TLS_PARAMETERS = ['sslmode', 'ssl', 'sslrootcert', 'sslcert', 'sslkey', 'uselibpqcompat']
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|)$/

/** Whether the way to a database is in clear: only on loopback, or where `sslmode=disable` says so. */
export function isPlain({ url, tls }: Address): boolean {
  const { hostname, searchParams } = new URL(url)
  if (searchParams.get('sslmode') === 'disable') return true
  return !searchParams.has('sslmode') && !tls?.caFile && !tls?.certFile && LOOPBACK.test(hostname)
}

/**
 * How `pg` connects: in full verification of certificate and name, or in clear; nothing between the two. The
 * files are read anew each time, so that a renewed certificate needs no restart. Throws what the files throw.
 */
export function toConnection(address: Address, connectTimeoutMs: number): ClientConfig {
  const url = new URL(address.url)
  for (const name of TLS_PARAMETERS) url.searchParams.delete(name)

  return {
    connectionString: url.toString(),
    ssl: isPlain(address) ? false : verified(url.hostname, address.tls),
    connectionTimeoutMillis: connectTimeoutMs,
    application_name: 'order-journey',
    keepAlive: true,
  }
}

const verified = (hostname: string, tls: Address['tls']) => ({
  rejectUnauthorized: true,
  host: hostname.replace(/^\[|\]$/g, ''), // Else an IP address would be verified as `localhost`.
  ...(tls?.caFile && { ca: readFileSync(tls.caFile, 'utf8') }),
  ...(tls?.certFile && { cert: readFileSync(tls.certFile, 'utf8') }),
  ...(tls?.keyFile && { key: readFileSync(tls.keyFile, 'utf8') }),
})
