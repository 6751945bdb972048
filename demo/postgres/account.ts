import { execFileSync } from 'node:child_process'

/** Whom PostgreSQL runs as; empty where it may run as ourselves. */
export type Account = { readonly uid?: number; readonly gid?: number }

/** PostgreSQL refuses to run as root: as root, it runs under the account `postgres`, made where it is missing. */
export function findAccount(): Account {
  if (process.getuid?.() !== 0) return {}
  return find() ?? make()
}

function find(): Account | null {
  try {
    return { uid: idOf('-u'), gid: idOf('-g') }
  } catch {
    return null // There is no such account.
  }
}

function make(): Account {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
  return { uid: idOf('-u'), gid: idOf('-g') }
}

const idOf = (flag: '-u' | '-g') =>
  Number(
    execFileSync('id', [flag, 'postgres'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
