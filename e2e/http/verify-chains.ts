import { createDb } from '@/lib/db'
import { readChain } from '@/lib/store/audit/audit-store'
import { verifyChain } from '@/lib/store/audit/chain'

/** Prints the fault of each chain that is named, as JSON lines: for a runner that cannot load server modules itself. */
const [url = '', ...chainIds] = process.argv.slice(2)
const db = createDb(url)
for (const chainId of chainIds) {
  const { rows, seals } = await readChain(db, chainId)
  const fault = verifyChain(rows, seals)
  process.stdout.write(`${JSON.stringify({ rows: rows.length, fault })}\n`)
}
await db.$disconnect()
