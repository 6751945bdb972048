import 'server-only'
import net from 'node:net'

const LONGEST = 255
// Controls, separators of lines, halves of a pair, and what turns or hides text.
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\ufeff]/gu

/** A text as the audit keeps it: at most 255 characters, none of which can forge a line or hide. */
export function cleanField(text: string): string {
  const escaped = text
    .slice(0, 4 * LONGEST)
    .replace(UNSEEN, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`)
  return [...escaped].slice(0, LONGEST).join('')
}

/** An address in the one form that also comes back from the database; null where it is none. */
export function cleanAddress(text: string | null): string | null {
  const address = text?.split('/')[0] ?? ''
  if (net.isIPv4(address)) return address
  if (!net.isIPv6(address) || address.includes('%')) return null

  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical)
  if (!mapped) return canonical
  const [high = 0, low = 0] = mapped.slice(1).map((word) => Number.parseInt(word, 16))
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}
