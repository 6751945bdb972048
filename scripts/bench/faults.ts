import { print } from './figure'
import { openOwnDemo } from './own-demo'

// `npm run bench:faults`: what a hurt source costs whoever is waiting, beside what it may cost.

const close = await openOwnDemo()
try {
  // Only now, because they read where the demo is.
  const { measureFaults } = await import('./hurt-sources')
  const { measureCrowds } = await import('./crowds')
  const { measureRefusals } = await import('./refusals')
  for await (const figure of measureFaults()) print(figure)
  for await (const figure of measureCrowds()) print(figure)
  for await (const figure of measureRefusals()) print(figure)
} finally {
  await close()
}
