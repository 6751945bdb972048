'use client'

import {
  createContext,
  type ReactNode,
  use,
  useEffect,
  useState,
  useSyncExternalStore,
} from 'react'
import { type Clock, createClock } from './create-clock'

const GoingOn = createContext<Clock | null>(null)

type Props = {
  /** The newest moment that the server has told. */
  readonly now: number
  readonly children: ReactNode
}

/** Lets the moments and ages of a page go on by one clock: the server's, by the browser's stopwatch. */
export function ClockProvider({ now, children }: Props) {
  const [clock] = useState(() => createClock(now))
  useEffect(() => clock.set(now), [clock, now])
  return <GoingOn value={clock}>{children}</GoingOn>
}

/**
 * What `tell` says of the present moment, which is never before `told`, the moment that what is shown was told
 * at. It is asked every second, and what shows it is drawn anew only when it says something else. The server, and
 * the browser at first, say what was told.
 */
export function useGoingOn<T extends string | number>(told: number, tell: (now: number) => T): T {
  const clock = use(GoingOn)
  return useSyncExternalStore(
    clock?.subscribe ?? subscribeToNothing,
    () => tell(clock ? Math.max(told, clock.now()) : told),
    () => tell(told),
  )
}

type TextProps = { readonly told: number; readonly tell: (now: number) => string }

/** A text that goes on with the present moment. */
export const GoingOnText = ({ told, tell }: TextProps) => <>{useGoingOn(told, tell)}</>

const subscribeToNothing = () => () => {}
