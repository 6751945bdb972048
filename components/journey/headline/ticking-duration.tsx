import { GoingOnText } from '../going-on'
import { useTimes } from '../use-times'

type Props = {
  /** How long it had lasted at `told`, in milliseconds. */
  readonly ms: number
  /** The moment that the journey was judged at. */
  readonly told: number
}

/** A duration that goes on, without parts of a second once it has lasted one. */
export function TickingDuration({ ms, told }: Props) {
  const times = useTimes()
  return (
    <GoingOnText
      told={told}
      tell={(now) => {
        const whole = ms + now - told
        return times.duration(whole < 1_000 ? whole : whole - (whole % 1_000))
      }}
    />
  )
}
