import { note, print } from './figure'
import { tally } from './truth/figures'
import { type Judged, judge } from './truth/score'
import { MINUTE } from './truth/world/time'
import { allWorlds } from './truth/worlds'

// `npm run bench:truth [-- all] [text …]`: how often the verdict says the right thing of orders whose truth is known;
// `all`: every order in every way at every moment. With a text, every wrong answer whose line contains it is told.

const [looksAtAll, wanted] = [
  process.argv.includes('all'),
  process.argv.slice(2).filter((one) => one !== 'all'),
]
const looks = allWorlds().flatMap((world) => [...judge(world, looksAtAll)])
const { figures, confused, mistakes, falselyLost, wrong } = tally(looks)

for (const figure of figures) print(figure)
note(
  `${looks.length} looks at ${new Set(looks.map(({ world }) => world)).size} orders, ${mistakes.length} mistakes`,
)
if (confused.length > 0) note('should be said, is said, how often:')
for (const [expected, said, times] of confused)
  note(`${expected.padEnd(24)} ${said.padEnd(24)} ${times}`)
for (const one of falselyLost) note(`falsely lost: ${line(one)}`)
for (const one of wrong.slice(0, 20)) note(`wrong: ${line(one)}`)
for (const one of mistakes) {
  const told = line(one)
  if (wanted.length > 0 && wanted.every((text) => told.includes(text))) note(told)
}

function line({ world, sight, now, expected, said, sure, journey }: Judged): string {
  const located = journey.handoffs.at(-1)?.located
  const after = ((now - (world.moments[0] ?? now)) / MINUTE).toFixed(0)
  const place = located ? `${located.place} ${located.row} ${located.queue?.state ?? ''}` : ''
  return `${world.name} [${sight}] +${after}m: ${expected.headlines[0]}${expected.hidden ? ` (${expected.hidden})` : ''} → ${said} ${sure} (${place})`
}
