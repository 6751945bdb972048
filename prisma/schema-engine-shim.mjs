#!/usr/bin/env node
import fs from 'node:fs'
import readline from 'node:readline'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import { createAdapterFactory, endPools, refuseToWipe } from './engine/adapter-factory.mjs'
import { runDatabaseCommand } from './engine/database-commands.mjs'
import { loadEngine } from './engine/load-engine.mjs'

// Stands in for the schema engine that Prisma downloads, where the download is blocked: the same arguments
// and the same JSON-RPC, one message a line, over the same engine in WebAssembly. Belongs to Prisma 7.10.0.
//
//   prisma CLI ──spawn──▶ this file ──▶ schema-engine-wasm ──▶ adapter-pg ──▶ PostgreSQL
//
// It must be executable. `prisma/store.config.ts` selects it.

const options = readArguments(process.argv.slice(2))
if (options.words.includes('--version')) {
  const { version } = await loadEngine()
  process.stdout.write(`schema-engine-wasm ${version()}\n`)
} else if (options.words[0] === 'cli') {
  await answerCommand(options.words[1])
} else {
  await answerRequests(await loadEngine())
}

function readArguments(words) {
  const read = { datamodels: [], datasource: {}, words: [] }
  const given = words[Symbol.iterator]()
  for (const word of given) {
    if (word === '--datamodels') read.datamodels.push(given.next().value)
    else if (word === '--datasource') read.datasource = JSON.parse(given.next().value)
    else if (word === '--enabled-preview-features' || word === '--extension-types') given.next()
    else read.words.push(word)
  }
  return read
}

async function answerCommand(command) {
  try {
    await runDatabaseCommand(command, options.datasource.url)
  } catch (error) {
    logFailure(error.code ?? '', error.message)
    process.exitCode = 1
  }
}

/** One request at a time: the engine's migrations hold a lock anyway. */
async function answerRequests(engine) {
  // The request in hand. It must get an answer even when the engine breaks: without one the CLI ends with
  // status 0 and no word.
  let pending = null
  process.on('uncaughtException', (error) => {
    const message = globalThis.PRISMA_WASM_PANIC_REGISTRY.message ?? error.stack ?? String(error)
    if (pending !== null)
      sendFailure(pending, { message: `The engine stopped: ${message.slice(0, 2_000)}` })
    logFailure('', message)
    setTimeout(() => process.exit(1), 50) // The answer leaves first.
  })
  process.on('beforeExit', () => {
    if (pending === null) return
    sendFailure(pending, { message: 'The engine stopped with a request in hand' })
    pending = null
    process.exitCode = 1
  })

  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { id, method, params = {} } = line.trim() ? JSON.parse(line) : {}
    if (!method) continue // An empty line, or the answer to a print of ours.
    pending = id
    try {
      send({ id, result: await answer(engine, method, params) })
    } catch (error) {
      sendFailure(id, error)
    }
    await endPools().catch(() => {}) // A connection that is gone needs no end.
    pending = null
  }
  process.exit(0)
}

async function answer(engine, method, params) {
  const { datasource } = options
  if (method === 'createDatabase')
    return { databaseName: new URL(datasource.url).pathname.slice(1) }

  refuseToWipe(datasource)
  const session = await openEngine(engine)
  const name = method === 'getDatabaseVersion' ? 'version' : method
  if (typeof session[name] !== 'function') throw new Error(`Unknown method ${method}`)

  // These two only read a cache of "the schema after these migrations", which nothing else fills here.
  if (name === 'evaluateDataLoss' || name === 'createMigration')
    await session.diagnoseMigrationHistory({
      migrationsList: params.migrationsList,
      optInToShadowDatabase: true,
      filters: params.filters,
    })
  const result = await session[name](params)
  if (method === 'diff' && typeof result?.stdout === 'string')
    send({ id: 1e9, method: 'print', params: { content: result.stdout } })
  return result ?? null
}

function openEngine({ SchemaEngine }) {
  const { datasource, datamodels } = options
  const files = datamodels.map((file) => [file, fs.readFileSync(file, 'utf8')])
  return SchemaEngine.new(
    { datamodels: files.length > 0 ? files : undefined },
    (line) => process.stderr.write(`${line.trimEnd()}\n`),
    datasource.url ? bindMigrationAwareSqlAdapterFactory(createAdapterFactory(datasource)) : null,
  )
}

function send(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message }, (_, value) =>
    typeof value === 'bigint' ? Number(value) : value,
  )
  process.stdout.write(`${text}\n`)
}

function sendFailure(id, { message, code, errorCode, meta }) {
  send({
    id,
    error: {
      code: 4466, // Prisma's own number for "see data".
      message: 'An error happened. Check the data field for details.',
      data: { is_panic: false, message: message ?? 'unknown', error_code: code ?? errorCode, meta },
    },
  })
}

/** The CLI drops the first line, where its own engine says that it starts. */
function logFailure(code, message) {
  const lines = [
    { level: 'INFO', fields: { message: 'Starting schema engine CLI' }, target: 'schema_engine' },
    {
      timestamp: new Date().toISOString(),
      level: 'ERROR',
      fields: { message, error_code: code },
      target: 'schema_engine::logger',
    },
  ]
  process.stderr.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
