import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma reads this file before it looks for its engine, which it would download from a host that
// many companies block. Name another engine in PRISMA_SCHEMA_ENGINE_BINARY to use that one. Windows
// cannot run a script with a shebang: there Prisma downloads its own.
if (process.platform !== 'win32')
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(
    import.meta.dirname,
    'schema-engine-shim.mjs',
  )
process.env.CHECKPOINT_DISABLE ??= '1' // No version check over the network.

const shadowDatabaseUrl = process.env.SHADOW_DATABASE_URL

export default defineConfig({
  schema: 'store/schema.prisma',
  migrations: { path: 'store/migrations' },
  datasource: {
    url: inSchema(process.env.STORE_OWNER_URL ?? 'postgresql://127.0.0.1:5432/order_journey'),
    ...(shadowDatabaseUrl ? { shadowDatabaseUrl: inSchema(shadowDatabaseUrl) } : {}),
  },
})

/** Prisma's own table of migrations belongs beside ours, as the run-time migrator puts it. */
function inSchema(address: string): string {
  const url = new URL(address)
  url.searchParams.set('schema', 'store')
  return url.href
}
