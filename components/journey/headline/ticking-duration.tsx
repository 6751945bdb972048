'use client'

import { useEffect, useState } from 'react'
import { useTimes } from '../use-times'

type Props = {
  /** How long it had lasted when the server spoke, in milliseconds. */
  readonly ms: number
}

/** A duration that goes on: counted by the browser from what the server said, not by the browser's date. */
export function TickingDuration({ ms }: Props) {
  const times = useTimes()
  const [passed, setPassed] = useState(0)

  useEffect(() => {
    const started = performance.now()
    setPassed(0)
    const timer = setInterval(
      () => setPassed(performance.now() - started),
      ms < 3_600_000 ? 1_000 : 15_000,
    )
    return () => clearInterval(timer)
  }, [ms])

  const whole = ms + passed
  return <span>{times.duration(whole < 1_000 ? whole : whole - (whole % 1_000))}</span>
}
