import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { PEOPLE } from './people'

export type IdpSecrets = {
  readonly clientSecret: string
  readonly cookieKey: string
  readonly signingKey: crypto.JsonWebKey
  /** By login. */
  readonly passwords: Readonly<Record<string, string>>
}

/** The provider's secrets, made at its first start into a file that only its owner can read. */
export function loadSecrets(dataDir: string): IdpSecrets {
  const file = path.join(dataDir, 'idp.json')
  if (!fs.existsSync(file)) {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const made = `${file}.${process.pid}`
    fs.writeFileSync(made, JSON.stringify(makeSecrets(), null, 2), { mode: 0o600 })
    linkOnce(made, file)
  }
  return JSON.parse(fs.readFileSync(file, 'utf8'))
}

/** The starter and the provider may both be first: one of them is. */
function linkOnce(made: string, file: string) {
  try {
    fs.linkSync(made, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    fs.rmSync(made, { force: true })
  }
}

function makeSecrets(): IdpSecrets {
  const { privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 })
  const word = () => crypto.randomBytes(24).toString('base64url')
  return {
    clientSecret: word(),
    cookieKey: word(),
    // Kept: with a new key at each start, signing out from here would fail until the app asks for keys again.
    signingKey: {
      ...privateKey.export({ format: 'jwk' }),
      use: 'sig',
      alg: 'RS256',
      kid: crypto.randomUUID(),
    },
    passwords: Object.fromEntries(PEOPLE.map(({ login }) => [login, word()])),
  }
}
