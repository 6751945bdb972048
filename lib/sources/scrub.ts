import { isIP } from 'node:net'

/** A longer value is cut before it is looked at, and given out no longer than that. */
export const MAX_VALUE = 8_192

// Zero-width, bidirectional and other invisible marks that split a word for a pattern but not for a reader.
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/gu

/** NFKC without invisible marks, at most 8 KiB: what the nets read, and the only form that is given out. */
export const plain = (text: string): string =>
  text.slice(0, MAX_VALUE).normalize('NFKC').replace(INVISIBLE, '')

/**
 * The second net under the allow-list: whether a text holds what looks like personal data or a secret, also
 * when it is escaped or encoded. An identifier may be digits, so there the phone and card nets do not run.
 */
export function looksSecret(text: string, identifier = false): boolean {
  const value = plain(text)
  if (caught(value, identifier)) return true

  const unescaped = unescapeTwice(value)
  if (unescaped.some((form) => caught(form, identifier))) return true
  return [value, ...unescaped].flatMap(decodedTokens).some((form) => caught(form, false))
}

const EMAIL = /[^\s@<>"'`,;:()[\]{}]{1,64}@[A-Za-z0-9.-]{2,}/
const KEYS = [
  /eyJ[A-Za-z0-9_-]{6,}/i,
  /\b(?:bearer|basic)[\s:]+[A-Za-z0-9._~+/=-]{6,}/i,
  /(?:AKIA|ASIA)[A-Z0-9]{8,}/i,
  /[sr]k_(?:live|test)_/i,
  /gh[pousr]_[A-Za-z0-9]{6,}/i,
  /xox[abprs]-/i,
  /-----BEGIN/i,
  /(?:pass|secret|token|auth|cookie|session|api[_-]?key)[\w-]*["']?\s*[=:]\s*\S/i,
  /x-amz-(?:signature|credential|security)/i,
]
const IPV4 = /(?<![0-9.])(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![0-9])/g
const IPV6 = /(?<![A-Za-z0-9:.])[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?![A-Za-z0-9:])/g
const IBAN = /(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{1,4}){2,8}(?![A-Z0-9])/gi
const PHONE = /(?<![A-Za-z0-9])\+?[0-9](?:[ .()/-]{0,2}[0-9]){8,}/
/** In free text what is left of them when a value was cut is caught too. */
const REMAINS = [
  /\+[0-9](?:[ .()/-]{0,2}[0-9]){6,}/,
  /[A-Z]{2}[0-9]{8,}/i,
  /(?<![0-9.])(?:[0-9]{1,3}\.){3}/,
]
const CARD = /(?<![0-9])(?:[0-9][ -]?){12,18}[0-9](?![0-9])/g

function caught(text: string, identifier: boolean): boolean {
  if (text.includes('@') && EMAIL.test(text)) return true
  if (KEYS.some((key) => key.test(text))) return true
  if (text.includes('.') && (text.match(IPV4) ?? []).some((token) => isIP(token) === 4)) return true
  if (text.includes(':') && (text.match(IPV6) ?? []).some(isIpv6)) return true
  if ((text.match(IBAN) ?? []).some(isIban)) return true
  if (identifier) return false
  return [PHONE, ...REMAINS].some((net) => net.test(text)) || (text.match(CARD) ?? []).some(isCard)
}

const isIpv6 = (token: string) => isIP(token.replace(/[.]+$/, '')) === 6

function isIban(token: string): boolean {
  const iban = token.replaceAll(' ', '').toUpperCase()
  if (iban.length < 15 || iban.length > 34) return false
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 55),
  )
  return BigInt(digits) % 97n === 1n
}

function isCard(token: string): boolean {
  const digits = token.replace(/[ -]/g, '')
  if (!/^[2-6]/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  commat: '@',
  gt: '>',
  lt: '<',
  nbsp: ' ',
  period: '.',
  plus: '+',
  quot: '"',
}

function unescapeTwice(text: string): readonly string[] {
  if (!/[%&\\]/.test(text)) return []
  const once = unescapeOnce(text)
  return once === text ? [] : [once, unescapeOnce(once)]
}

const unescapeOnce = (text: string): string =>
  plain(
    text
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
      .replace(/\\([\\"'/])/g, '$1')
      .replace(/&#x([0-9a-f]{1,6});/gi, (_, hex: string) => fromCode(Number.parseInt(hex, 16)))
      .replace(/&#([0-9]{1,7});/g, (_, code: string) => fromCode(Number(code)))
      .replace(/&([a-z]{2,8});/gi, (all, name: string) => NAMED[name.toLowerCase()] ?? all),
  )

const fromCode = (code: number) => (code <= 0x10ffff ? String.fromCodePoint(code) : '')

/** One round of base64 and hex over every long token, kept only where it decodes to text. */
function decodedTokens(text: string): readonly string[] {
  const tokens = [
    ...(text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []),
    ...(text.match(/[A-Za-z0-9]{16,}/g) ?? []),
  ]
  return [...new Set(tokens)].flatMap((token) => {
    const decoded = [Buffer.from(token, 'base64').toString('latin1')]
    if (/^(?:[0-9a-f]{2})+$/i.test(token))
      decoded.push(Buffer.from(token, 'hex').toString('latin1'))
    return decoded.filter((form) => /^[\x20-\x7e\t\r\n]{6,}$/.test(form))
  })
}
