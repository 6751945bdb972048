import { atLeast, atMost, type Figure } from '../figure'
import { SINGLE_LOSSES } from './observe/sight'
import { ruleOf } from './oracle/answer'
import type { Judged } from './score'

/** All that was counted. */
export type Tally = {
  readonly looks: number
  readonly figures: readonly Figure[]
  /** By what should be said, then by what is; those that agree are not in it. */
  readonly confused: readonly (readonly [expected: string, said: string, times: number])[]
  readonly mistakes: readonly Judged[]
  readonly falselyLost: readonly Judged[]
  readonly wrong: readonly Judged[]
}

const isDecidable = ({ expected }: Judged) => expected.hidden === null
const isRight = ({ expected, said }: Judged) =>
  expected.headlines.some((one) => one === said) && isHidingNamed(expected.hidden, said)

const isHidingNamed = (hidden: Judged['expected']['hidden'], said: string) =>
  hidden === null || hidden === 'any' || !said.startsWith('FP-14') || said === `FP-14 ${hidden}`

/** What is claimed of an order and can be false: that a person is waited for is one, that nothing can be said is none. */
const isClaim = (said: string) => said.startsWith('FP-') && !said.startsWith('FP-14')
const isWrong = ({ world, expected, said }: Judged) =>
  isClaim(said) &&
  !expected.headlines.some((one) => one === said) &&
  !world.truths.some((one) => one === said)

/** Counts how often the right thing was said. */
export function tally(looks: readonly Judged[]): Tally {
  const decidable = looks.filter(isDecidable)
  const others = looks.filter((one) => !isDecidable(one))
  const healthy = looks.filter(({ world }) => world.healthy)
  const mistakes = looks.filter((one) => !isRight(one))
  const falselyLost = looks.filter(isFalselyLost)
  const wrong = looks.filter(isWrong)
  const alarms = healthy.filter((one) => isClaim(one.said) && !isRight(one))
  const sick = decidable.filter(({ expected }) => expected.present.length > 0)
  const present = sick.flatMap(({ expected, said, beneath }) =>
    expected.present.map((name) => name === said || beneath.includes(name)),
  )
  const worlds = new Set(looks.map(({ world }) => world))
  const well = [...worlds].filter((world) => world.healthy).length
  return {
    looks: looks.length,
    figures: [
      ...byRule(decidable),
      atLeast('headline right, all decidable', share(decidable.filter(isRight), decidable), 0.98),
      atLeast('finding present, all decidable', share(present.filter(Boolean), present), 0.98),
      atLeast('honest where nothing can be told', share(others.filter(isRight), others), 0.98),
      atMost('called lost and is not', falselyLost.length, 0),
      atMost('false alarms on healthy orders', 100 * share(alarms, healthy), 0.5, '%'),
      atMost(
        'wrong verdicts with one source off',
        wrong.filter(({ sight }) => SINGLE_LOSSES.some((one) => one === sight)).length,
        0,
      ),
      atLeast('healthy orders, of all', share([...Array(well)], [...worlds]), 0.5),
    ],
    confused: toConfused(mistakes),
    mistakes,
    falselyLost,
    wrong,
  }
}

const share = (some: readonly unknown[], all: readonly unknown[]) =>
  all.length === 0 ? Number.NaN : some.length / all.length

function byRule(decidable: readonly Judged[]): readonly Figure[] {
  const names = [
    ...new Set(
      decidable.flatMap(({ expected, said }) => [
        ruleOf(expected.headlines[0]),
        said.split(' ')[0] ?? said,
      ]),
    ),
  ].toSorted()
  return names
    .filter((name) => name.startsWith('FP-') && name !== 'FP-14')
    .flatMap((name) => {
      const said = decidable.filter((one) => one.said.startsWith(name))
      const meant = decidable.filter(({ expected }) => expected.headlines[0].startsWith(name))
      return [
        atLeast(`${name} precision, of ${said.length}`, share(said.filter(isRight), said), 0.98),
        atLeast(`${name} recall, of ${meant.length}`, share(meant.filter(isRight), meant), 0.98),
      ]
    })
}

function toConfused(mistakes: readonly Judged[]): Tally['confused'] {
  const counts = new Map<string, readonly [string, string, number]>()
  for (const { expected, said } of mistakes) {
    const key = `${expected.headlines[0]}>${said}`
    counts.set(key, [expected.headlines[0], said, (counts.get(key)?.[2] ?? 0) + 1])
  }
  return [...counts.values()].toSorted((a, b) => b[2] - a[2])
}

/** A message that is called set aside or not sent, or a file that is called lost, and is not. */
function isFalselyLost({ said, beneath, world: { truth }, now, journey }: Judged): boolean {
  const claims = [said, ...beneath]
  const lies = truth.stored.findLast(({ at }) => at <= now)?.object
  if (lies && claims.some((one) => /^FP-02 lost/.test(one))) return true
  return journey.handoffs.some(({ from, status, located, started }) => {
    const sent = truth.sendings.find(
      (one) =>
        one.from === from && one.status === status && one.at >= started - 2_000 && one.at <= now,
    )
    if (located?.place === 'not-sent') return sent !== undefined
    if (located?.place !== 'set-aside') return false
    const died = truth.deaths.some(
      ({ messageId, at }) => messageId === sent?.messageId && at <= now,
    )
    return !died && sent?.routed !== false
  })
}
