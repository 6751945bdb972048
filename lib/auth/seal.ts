import 'server-only'
import crypto from 'node:crypto'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Encrypts a text for the store: initialisation vector, tag, ciphertext. */
export function sealText(text: string, secret: string): Uint8Array {
  const iv = crypto.randomBytes(IV_BYTES)
  const cipher = crypto.createCipheriv(CIPHER, toKey(secret), iv)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed])
}

/** The text that was sealed; null where the secret is another, or a byte has changed. */
export function unsealText(sealed: Uint8Array, secret: string): string | null {
  const bytes = Buffer.from(sealed)
  if (bytes.length < IV_BYTES + TAG_BYTES) return null
  const decipher = crypto.createDecipheriv(CIPHER, toKey(secret), bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
  try {
    const text = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES))
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    return null // The tag does not fit: that is all there is to know.
  }
}

const toKey = (secret: string) =>
  Buffer.from(crypto.hkdfSync('sha256', secret, '', 'order-journey id-token', 32))
