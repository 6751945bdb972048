import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres } from './demo/postgres/start-postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address of the database `postgres` on a throw-away server. Make your own database on it. */
    postgresUrl: string
    /** Real servers that tests may start: the file that VERSITYGW, PROMETHEUS or PROMTOOL names, else the one in the PATH; null: there is none. */
    programs: Readonly<Record<Program, string | null>>
  }
}

type Program = 'versitygw' | 'prometheus' | 'promtool'

function findProgram(name: Program): string | null {
  const named = process.env[name.toUpperCase()]
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const files = named ? [named] : folders.map((folder) => path.join(folder, name))
  return files.find((file) => fs.existsSync(file)) ?? null
}

/** One throw-away PostgreSQL for all integration tests. */
export default async function setup(project: TestProject) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'order-journey-test-'))
  fs.chmodSync(folder, 0o755) // As root the server runs as another user, who must reach its data.
  const server = await startPostgres({
    dataDir: path.join(folder, 'postgres'),
    port: 54_400,
    fast: true,
  })
  project.provide('postgresUrl', server.url('postgres'))
  project.provide('programs', {
    versitygw: findProgram('versitygw'),
    prometheus: findProgram('prometheus'),
    promtool: findProgram('promtool'),
  })

  return async () => {
    await server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
