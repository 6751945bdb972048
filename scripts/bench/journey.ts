import { print } from './figure'
import { measureLocate } from './locate'
import { openOwnDemo } from './own-demo'

// `npm run bench:journey [locate|api|known|page|load …]`: the journey beside what it cannot be faster than.

const chosen = process.argv.slice(2)
const isChosen = (name: string) => chosen.length === 0 || chosen.includes(name)

if (isChosen('locate')) for (const figure of measureLocate()) print(figure)
if (chosen.length === 0 || chosen.some((name) => name !== 'locate')) await measureServed()

async function measureServed(): Promise<void> {
  const close = await openOwnDemo()
  try {
    // Only now, because they read where the demo is.
    const { openBenches } = await import('./benches')
    const benches = await openBenches()
    try {
      for (const [name, measure] of Object.entries(benches.all)) {
        if (!isChosen(name)) continue
        for (const figure of await measure()) print(figure)
      }
    } finally {
      await benches.close()
    }
  } finally {
    await close()
  }
}
