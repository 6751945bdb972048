import net from 'node:net'

const HOPS = 32

/** The proxies whose word about the client is taken. */
export type TrustedProxies = {
  readonly has: (address: string) => boolean
}

/** Reads `10.0.0.0/8, 192.0.2.7`; throws on anything else, and on `/0` unless it is expressly allowed. */
export function toTrustedProxies(
  entries: readonly string[],
  allowInsecure = false,
): TrustedProxies {
  const list = new net.BlockList()
  for (const entry of entries) {
    const [text = '', bits, ...rest] = entry.trim().split('/')
    const address = toCanonicalAddress(text)
    if (!address || rest.length > 0) throw new Error(`TRUSTED_PROXIES: ${entry} is not an address`)
    const width = net.isIPv4(address) ? 32 : 128
    const prefix = bits === undefined ? width : /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN
    if (!(prefix <= width)) throw new Error(`TRUSTED_PROXIES: ${entry} is not a network`)
    if (prefix === 0 && !allowInsecure)
      throw new Error(`TRUSTED_PROXIES: ${entry} trusts everybody; that needs ALLOW_INSECURE=1`)
    list.addSubnet(address, prefix, familyOf(address))
  }
  return { has: (address) => list.check(address, familyOf(address)) }
}

/** The one spelling of an address; null for octal, decimal, zones, ports, IPv4 inside IPv6 and whatever else. */
export function toCanonicalAddress(text: string): string | null {
  if (net.isIPv4(text)) return text
  if (!net.isIPv6(text) || text.includes('%') || text.includes('.')) return null
  const { address } = new net.SocketAddress({ address: text, family: 'ipv6' })
  return address.startsWith('::ffff:') ? null : address
}

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

const familyOf = (address: string) => (net.isIPv4(address) ? 'ipv4' : 'ipv6')
