'use client'

import { useEffect, useState } from 'react'

/** The server's moment, going on by the browser's stopwatch and never by the browser's date. */
export function useNow(serverNow: number, everyMs = 5_000): number {
  const [tick, setTick] = useState({ from: serverNow, passed: 0 })
  useEffect(() => {
    const started = performance.now()
    const timer = setInterval(
      () => setTick({ from: serverNow, passed: performance.now() - started }),
      everyMs,
    )
    return () => clearInterval(timer)
  }, [serverNow, everyMs])
  return serverNow + (tick.from === serverNow ? tick.passed : 0)
}
