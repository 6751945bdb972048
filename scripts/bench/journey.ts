import { print } from './figure'
import { openOwnDemo } from './own-demo'

// `npm run bench:journey [api|known|page|load …]`: the journey beside what it cannot be faster than.

const close = await openOwnDemo()
try {
  // Only now, because they read where the demo is.
  const { openBenches } = await import('./benches')
  const benches = await openBenches()
  try {
    const chosen = process.argv.slice(2)
    for (const [name, measure] of Object.entries(benches.all)) {
      if (chosen.length > 0 && !chosen.includes(name)) continue
      for (const figure of await measure()) print(figure)
    }
  } finally {
    await benches.close()
  }
} finally {
  await close()
}
