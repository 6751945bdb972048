import { type AddressList, toAddressList, toCanonicalAddress } from '@/lib/http/address-list'

const HOPS = 32

/** The proxies whose word about the client is taken. */
export type TrustedProxies = AddressList

/** Reads the setting; throws as `toAddressList` does. */
export const toTrustedProxies = (
  entries: readonly string[],
  allowInsecure = false,
): TrustedProxies => toAddressList('TRUSTED_PROXIES', entries, allowInsecure)

/** A socket's own peer; a listener on `::` names IPv4 peers inside IPv6. */
export const toPeerAddress = (remoteAddress: string | undefined): string | null =>
  toCanonicalAddress((remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/, '').replace(/%.*$/, ''))

/**
 * Who asks. Null: a hop is malformed, or there are too many.
 *
 *   X-Forwarded-For:  1.2.3.4 , 203.0.113.9 , 10.0.0.2     peer 10.0.0.1
 *                     claimed   client ◀─────  trusted  ◀── trusted       walked from the right
 */
export function findClientAddress(
  peer: string,
  forwardedFor: string | undefined,
  trusted: TrustedProxies,
): string | null {
  if (forwardedFor === undefined || !trusted.has(peer)) return peer

  const hops = forwardedFor.split(',').map((hop) => toCanonicalAddress(hop.trim()))
  if (hops.length > HOPS) return null
  let client: string = peer
  for (const hop of hops.toReversed()) {
    if (!hop) return null
    client = hop
    if (!trusted.has(hop)) return client
  }
  return client
}
