import type { Handoff } from '@/lib/journey/journey'
import { GoingOnText } from '../going-on'
import { useTimes } from '../use-times'

type Props = {
  readonly handoff: Handoff
  /** The moment that the journey was judged at. */
  readonly now: number
}

/** How long a hand-off took, or has taken by now. */
export function Wait({ handoff: { wait, state }, now }: Props) {
  const times = useTimes()
  const goesOn = state === 'open' || state === 'unseen'
  if (!goesOn) return times.duration(wait)
  return <GoingOnText told={now} tell={(moment) => times.duration(wait + moment - now)} />
}
