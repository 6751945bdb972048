'use client'

// Long, because what is seen is decided in one place: the address, what the hand just did, the size of the screen.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Address } from '../use-address'
import type { AxisSegment, Unfolded } from './axis/fold-axis'
import { layAxis } from './axis/lay-axis'
import { fitWindow, type TimeWindow, zoomAxis } from './axis/zoom-axis'
import { type Drawing, drawTimeline } from './draw-timeline'
import { readLook, writeClock, writeLanes, writeUnfolded, writeWindow } from './look-in-address'
import { type ClockChoice, type LaneContent, sortLanes } from './sort-lanes'
import { warmUp } from './warm-up'

/** How to come from one window to the next on an axis. */
export type Move = (whole: readonly AxisSegment[], window: TimeWindow | null) => TimeWindow | null

export type TimelineLook = {
  readonly contents: readonly LaneContent[]
  /** The unzoomed axis. */
  readonly whole: readonly AxisSegment[]
  readonly window: TimeWindow | null
  readonly unfolded: Unfolded
  readonly clock: ClockChoice
  readonly drawing: Drawing
  /** Of the lanes, in pixels. */
  readonly width: number
  /** Watches the width of an element. */
  readonly measure: (element: HTMLElement | null) => (() => void) | undefined
  /** While a hand zooms or pans. */
  readonly moving: boolean
  /** The next frame shows it, and soon after the address says it. */
  readonly move: (move: Move) => void
  readonly unfold: (unfolded: Unfolded) => void
  readonly openLanes: (lanes: ReadonlySet<string>) => void
  readonly lanes: ReadonlySet<string>
  readonly setClock: (clock: ClockChoice) => void
}

/** Of a screen nobody has measured yet. */
const ASSUMED_WIDTH = 960
const NARROW = 520
/** An address is written when the hand rests. */
const REST_MS = 300

/** What is seen of a journey: chosen by the address, and changed without asking the server. */
export function useTimelineLook(
  view: JourneyView,
  address: Address,
  pinned: string | null,
): TimelineLook {
  const [from, to, unfold, chosenLanes, chosenClock] = [
    'from',
    'to',
    'unfold',
    'lanes',
    'clock',
  ].map(address.read)
  const chosen = useMemo(() => {
    const values = { from, to, unfold, lanes: chosenLanes, clock: chosenClock }
    return readLook((name) => (Object.hasOwn(values, name) && Reflect.get(values, name)) || null)
  }, [from, to, unfold, chosenLanes, chosenClock])
  const [width, setWidth] = useState(ASSUMED_WIDTH)
  const { clock, unfolded, lanes } = chosen

  const contents = useMemo(() => sortLanes(view, clock), [view, clock])
  const narrow = width < NARROW
  const whole = useMemo(
    () => layAxis(view, contents, { open: unfolded, narrow }),
    [view, contents, unfolded, narrow],
  )
  const { window, moving, move } = useWindow(whole, chosen.window, address)
  const drawing = useMemo(() => {
    const segments = zoomAxis(whole, window)
    return drawTimeline(view, contents, { segments, open: lanes, width, pinned })
  }, [view, contents, whole, window, lanes, width, pinned])

  const warm = useRef(false)
  useEffect(() => {
    const onWarm = () => {
      warm.current = true
    }
    return warm.current ? undefined : warmUp(view, contents, whole, onWarm)
  }, [view, contents, whole])

  const measure = useCallback((element: HTMLElement | null) => {
    if (!element) return
    const observer = new ResizeObserver(() => setWidth(Math.max(200, element.clientWidth)))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  return {
    contents,
    whole,
    window,
    unfolded,
    clock,
    lanes,
    drawing,
    width,
    measure,
    moving,
    move,
    unfold: (next) => address.write(writeUnfolded(next)),
    openLanes: (next) => address.write(writeLanes(next)),
    setClock: (next) => address.write(writeClock(next)),
  }
}

/** The window of the address, or where the hand has moved it since. */
function useWindow(
  whole: readonly AxisSegment[],
  chosen: TimeWindow | null,
  address: Address,
): Pick<TimelineLook, 'window' | 'moving' | 'move'> {
  const [moving, setMoving] = useState(false)
  const [moved, setMoved] = useState<{ readonly window: TimeWindow | null } | null>(null)
  const window = useMemo(
    () => fitWindow(whole, moved ? moved.window : chosen),
    [whole, moved, chosen],
  )
  const said = toText(chosen)
  const state = useRef({
    whole,
    window,
    said,
    wrote: said,
    write: address.write,
    frame: 0,
    rest: 0,
  })
  useEffect(() => {
    const now = state.current
    Object.assign(now, { whole, write: address.write })
    if (now.frame === 0) now.window = window
    if (said === now.said) return
    now.said = said
    // Somebody else changed the address: a link within the page, a step back.
    if (said !== now.wrote) setMoved(null)
  })
  useEffect(() => () => clearTimeout(state.current.rest), [])

  const move = useCallback((step: Move) => {
    const now = state.current
    now.window = step(now.whole, now.window)
    // However many pointer events a frame has, it is drawn once.
    now.frame ||= requestAnimationFrame(() => {
      now.frame = 0
      setMoving(true)
      setMoved({ window: now.window })
    })
    clearTimeout(now.rest)
    now.rest = Number(
      setTimeout(() => {
        setMoving(false)
        now.wrote = toText(now.window)
        now.write(writeWindow(now.window))
      }, REST_MS),
    )
  }, [])
  return { window, moving, move }
}

const toText = (window: TimeWindow | null) => Object.values(writeWindow(window)).join()
