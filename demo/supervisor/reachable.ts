import fs from 'node:fs'
import path from 'node:path'

const isRoot = () => process.getuid?.() === 0

/**
 * The folder that keeps PostgreSQL's own account out, when the demo is started by root; null where all is
 * well. PostgreSQL refuses to run as root, and its account must pass every folder down to its data.
 */
export function findClosedFolder(folder: string): string | null {
  if (!isRoot()) return null
  for (let at = path.resolve(folder); at !== path.dirname(at); at = path.dirname(at))
    if (fs.existsSync(at) && (fs.statSync(at).mode & 0o001) === 0) return at
  return null
}

/** Makes a folder that PostgreSQL's own account can pass, however careful the umask is. */
export function makeFolder(folder: string): void {
  const first = fs.mkdirSync(folder, { recursive: true })
  if (!first || !isRoot()) return
  for (let at = folder; at.length >= first.length; at = path.dirname(at)) fs.chmodSync(at, 0o711)
}
