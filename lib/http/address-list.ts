import net from 'node:net'

/** Some addresses and networks of an operator's setting. */
export type AddressList = {
  /** The address in its canonical spelling. */
  readonly has: (address: string) => boolean
}

/** Reads `10.0.0.0/8, 192.0.2.7`; throws, naming the setting, on anything else, and on `/0` unless it is expressly allowed. */
export function toAddressList(
  setting: string,
  entries: readonly string[],
  allowInsecure = false,
): AddressList {
  const list = new net.BlockList()
  for (const entry of entries) {
    const { address, prefix, width } = toNetwork(entry) ?? fail(`${entry} is not an address`)
    if (!(prefix <= width)) fail(`${entry} is not a network`)
    if (prefix === 0 && !allowInsecure) fail(`${entry} is everybody; that needs ALLOW_INSECURE=1`)
    list.addSubnet(address, prefix, familyOf(address))
  }
  return { has: (address) => list.check(address, familyOf(address)) }

  function fail(sentence: string): never {
    throw new Error(`${setting}: ${sentence}`)
  }
}

/** Bits of the address, and how many of them count: NaN where that is no number. */
function toNetwork(entry: string) {
  const [text = '', bits, ...rest] = entry.trim().split('/')
  const address = toCanonicalAddress(text)
  if (!address || rest.length > 0) return null
  const width = net.isIPv4(address) ? 32 : 128
  if (bits === undefined) return { address, prefix: width, width }
  return { address, prefix: /^\d{1,3}$/.test(bits) ? Number(bits) : Number.NaN, width }
}

/** The one spelling of an address; null for octal, decimal, zones, ports, IPv4 inside IPv6 and whatever else. */
export function toCanonicalAddress(text: string): string | null {
  if (net.isIPv4(text)) return text
  if (!net.isIPv6(text) || text.includes('%') || text.includes('.')) return null
  const { address } = new net.SocketAddress({ address: text, family: 'ipv6' })
  return address.startsWith('::ffff:') ? null : address
}

const familyOf = (address: string) => (net.isIPv4(address) ? 'ipv4' : 'ipv6')
