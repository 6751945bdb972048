import { type RefObject, useEffect, useRef } from 'react'
import { type Drawing, findMark } from '../draw-timeline'
import { leadOf } from '../timeline-lane'

/** A mark that has the focus may become another, or part of another, while zooming: the focus goes with its fact. */
export function useFocusThatStays(
  grid: RefObject<HTMLElement | null>,
  drawing: Drawing,
  active: string | null,
) {
  const had = useRef(false)
  useEffect(() => {
    const focused = document.activeElement
    const isIn = grid.current?.contains(focused) && focused?.hasAttribute('data-mark')
    const isLost = had.current && focused === document.body
    const mark = (isIn || isLost) && active !== null ? findMark(drawing, active) : undefined
    const id = mark && leadOf(mark).id
    if (id && focused?.getAttribute('data-mark') !== id)
      grid.current
        ?.querySelector<HTMLElement>(`[data-mark="${CSS.escape(id)}"]`)
        ?.focus({ preventScroll: true })
    had.current = grid.current?.contains(document.activeElement) === true
  }, [grid, drawing, active])
}
