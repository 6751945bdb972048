import crypto from 'node:crypto'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'

/** What a proxy in front of a source shows to who is not signed in. */
export const LOGIN_PAGE = `<!DOCTYPE html>
<html lang="en"><title>Sign in</title>
<form method="post" action="/login"><input name="user"><input name="password" type="password"><button>Sign in</button></form>
</html>
`

export const garbage = (): Buffer => crypto.randomBytes(4_096)

/** One byte after the other, until nobody listens any more. */
export async function drip(to: Writable, body: Buffer, dripMs: number): Promise<void> {
  for (const byte of body) {
    if (to.destroyed) return
    to.write(Buffer.of(byte))
    await wait(dripMs, undefined, { ref: false })
  }
}

const BLOCK = Buffer.alloc(65_536, 'x')

function* blocks(bytes: number): Generator<Buffer> {
  for (let sent = 0; sent < bytes; sent += BLOCK.length) yield BLOCK
}

/** As much as is asked for, at the reader's pace, until nobody listens any more. */
export const flood = (to: Writable, bytes: number): Promise<void> =>
  pipeline(blocks(bytes), to, { end: false }).catch(() => {}) // Nobody listens any more.
