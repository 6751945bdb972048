import { buildJourney } from '@/lib/journey/build-journey'
import type { Journey } from '@/lib/journey/journey'
import { epochMs } from '@/lib/journey/types'
import type { World } from './cases/case'
import { observe } from './observe/observe'
import { pipelineOf } from './observe/pipelines'
import { SIGHTS, SINGLE_LOSSES, type SightName } from './observe/sight'
import type { Answer } from './oracle/answer'
import { answer } from './oracle/verdict'
import { SECOND } from './world/time'

/** One look at one order: what should be said of it, and what is. */
export type Judged = {
  readonly world: World
  readonly sight: SightName
  readonly now: number
  readonly expected: Answer
  readonly said: string
  readonly sure: string | null
  readonly beneath: readonly string[]
  readonly journey: Journey
}

/** Looks at an order in every way and at every moment that is meant. */
export function* judge(world: World, looksAtAll: boolean): Generator<Judged> {
  for (const [index, moment] of world.moments.entries()) {
    const now = settle(world, moment)
    if (now === null) continue
    for (const [at, name] of world.sights.entries()) {
      if (!looksAtAll && !isInTurn(name, at + index + world.plan.seed)) continue
      const sight = SIGHTS[name]
      const { truth, plan } = world
      const pipeline = pipelineOf(sight)
      const answerAt = (moment: number) => answer({ truth, plan, sight, now: moment })
      if (isChanging(answerAt, now)) continue
      const gathered = observe({ truth, sight, pipeline, plan, now })
      const journey = buildJourney(gathered, pipeline, epochMs(now))
      const { verdict, findings } = journey
      const expected = answerAt(now)
      yield {
        world,
        sight: name,
        now,
        expected,
        said: headlineOf(verdict),
        sure: verdict?.certainty ?? null,
        beneath: findings.map(({ id, case: one }) => `${id} ${one}`),
        journey,
      }
    }
  }
}

/** Every other way of looking that lacks a source, and every third of the others: the next moment has the rest. */
const isInTurn = (name: SightName, turn: number) =>
  name === 'clear' || turn % (SINGLE_LOSSES.includes(name) ? 2 : 3) === 0

function headlineOf(verdict: Journey['verdict']): string {
  if (!verdict) return 'nothing'
  if (verdict.kind === 'on-track') return 'on track'
  return verdict.kind === 'finding' ? `${verdict.id} ${verdict.case}` : 'unknown status'
}

/** Whether another answer is right a little before or after: on the very moment nobody insists. */
function isChanging(answerAt: (moment: number) => Answer, now: number): boolean {
  const heads = [now - UNSURE, now, now + UNSURE].map((at) => answerAt(at).headlines.join())
  return new Set(heads).size > 1
}

const UNSURE = 45 * SECOND

/** How long nothing may have happened before a look: what happens at that very moment is nobody's mistake. */
const QUIET = 25 * SECOND

/** The first moment from then on at which nothing is just happening; null: there is none soon. */
function settle({ truth }: World, moment: number): number | null {
  const times = [
    ...truth.changes.map(({ at }) => at),
    ...[...truth.queues.values()].flat().map(({ at }) => at),
    ...truth.tries.map(({ at }) => at),
  ]
  for (let now = moment; now < moment + 180 * SECOND; now += 5 * SECOND)
    if (times.every((at) => at > now || at <= now - QUIET)) return now
  return null
}
