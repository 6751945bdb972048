import { migrateStore } from '@/lib/store/migrate'

// Run with `--conditions=react-server`, without which modules of the server refuse to load.
const ownerUrl = process.env.STORE_OWNER_URL
if (!ownerUrl) throw new Error('STORE_OWNER_URL names the store and the role that owns it')

const { applied, edited } = await migrateStore({ ownerUrl })
for (const name of applied) process.stdout.write(`applied ${name}\n`)
for (const name of edited) process.stdout.write(`edited since it was applied: ${name}\n`)
if (applied.length === 0) process.stdout.write('nothing to apply\n')
