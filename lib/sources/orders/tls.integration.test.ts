import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { permitted } from '@/lib/access/fixtures/permitted'
import { createConnections } from './connections'
import { freshDatabase, row, sourceOf, tables } from './fixtures/order-database'

const at = (name: string) => fileURLToPath(new URL(`./fixtures/tls/${name}`, import.meta.url))
const caFile = at('ca.pem')

const server = new pg.Client({ connectionString: inject('postgresUrl') })
const SETTINGS = ['ssl', 'ssl_cert_file', 'ssl_key_file', 'ssl_ca_file']

beforeAll(() => server.connect())
afterAll(async () => {
  for (const setting of SETTINGS) await server.query(`alter system reset ${setting}`)
  await server.query('select pg_reload_conf()')
  await server.end()
})

/** Has the test server itself write the files, because it trusts only a key of its own account. */
async function showCertificate(name: 'server' | 'misnamed') {
  const { rows } = await server.query('show data_directory')
  const put = async (from: string, to: string) => {
    const text = fs.readFileSync(at(from), 'utf8').trim()
    const copy = `copy (select string_to_table($$${text}$$, E'\\n')) to program 'umask 077; cat > "${rows[0].data_directory}/${to}"'`
    await server.query(copy)
  }
  await put(`${name}.pem`, `${name}.pem`)
  await put(`${name}.key`, `${name}.key`)
  await put('ca.pem', 'test-ca.pem')
  await server.query(`alter system set ssl_cert_file = '${name}.pem'`)
  await server.query(`alter system set ssl_key_file = '${name}.key'`)
  await server.query("alter system set ssl_ca_file = 'test-ca.pem'")
  await server.query('alter system set ssl = on')
  await server.query('select pg_reload_conf()')
  await new Promise((resolve) => setTimeout(resolve, 300)) // The server reloads when it gets to it.
}

async function stateWith(tls: { caFile?: string }, parameters = '') {
  const { url } = await freshDatabase(tables, row('ORD-1'))
  const { reports } = await sourceOf({ name: 'shop', url: `${url}${parameters}`, tls }).read(
    await permitted('ORD-1'),
  )
  return reports[0]
}

test('a database whose certificate is not the one expected is not asked', async () => {
  await showCertificate('server')
  expect(await stateWith({ caFile })).toMatchObject({ state: 'ok' })
  expect(await stateWith({ caFile: at('stranger-ca.pem') })).toMatchObject({
    reason: 'unreachable',
  })
  expect(await stateWith({}, '?sslmode=require')).toMatchObject({ reason: 'unreachable' })
  expect(await stateWith({ caFile: at('nowhere.pem') })).toMatchObject({ reason: 'unreachable' })

  await showCertificate('misnamed')
  expect(await stateWith({ caFile })).toMatchObject({ reason: 'unreachable' })
})

test('a database is shown who asks', async () => {
  await showCertificate('server')
  const { url } = await freshDatabase(tables)
  const connections = createConnections({
    source: 'orders:shop',
    url,
    tls: { caFile, certFile: at('reader.pem'), keyFile: at('reader.key') },
    connectTimeoutMs: 500,
    statementTimeoutMs: 2_000,
    poolMax: 1,
  })
  onTestFinished(() => connections.close())
  const text = 'select ssl, client_dn from pg_stat_ssl where pid = pg_backend_pid()'
  expect(await connections.run((ask) => ask({ text, values: [] }))).toEqual([
    { ssl: true, client_dn: '/CN=reader' },
  ])
})
