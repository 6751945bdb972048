import pg from 'pg'

/** What `cli <command>` of the engine does to a whole database. */
const COMMANDS = {
  'can-connect-to-database': (url) => run(url, async () => {}),
  'create-database': (url) =>
    run(maintenance(url), (client) =>
      client.query(`create database ${client.escapeIdentifier(nameOf(url))}`),
    ),
  'drop-database': (url) =>
    run(maintenance(url), (client) =>
      client.query(`drop database if exists ${client.escapeIdentifier(nameOf(url))} with (force)`),
    ),
}

/** Runs one of them. A failure carries the code that Prisma shows. */
export async function runDatabaseCommand(command, url) {
  const work = COMMANDS[command]
  if (!work) throw new Error(`Unknown command ${command}`)
  try {
    await work(url)
  } catch (cause) {
    const code = { '3D000': 'P1003', '28P01': 'P1000' }[cause.code] ?? 'P1001'
    throw Object.assign(new Error(cause.message, { cause }), { code })
  }
}

async function run(url, work) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await work(client)
  } finally {
    await client.end()
  }
}

const nameOf = (url) => decodeURIComponent(new URL(url).pathname.slice(1))

function maintenance(url) {
  const other = new URL(url)
  other.pathname = '/postgres'
  return other.href
}
