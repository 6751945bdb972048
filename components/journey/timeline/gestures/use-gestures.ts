import { useEffect, useRef } from 'react'
import type { TimelineLook } from '../use-timeline-look'
import type { Brushed } from './listen-gestures'

/** Listens to wheel, drag and pinch from when a pointer first comes near. */
export function useGestures(
  { move }: TimelineLook,
  onBrush: (brushed: Brushed | null) => void,
  onDrag: () => void,
) {
  const root = useRef<HTMLElement>(null)
  const drag = useRef(onDrag)
  useEffect(() => {
    drag.current = onDrag
  })
  useEffect(() => {
    const element = root.current
    const track = element?.querySelector<HTMLElement>('.timeline-lanes')
    if (!element || !track) return
    let stop: (() => void) | undefined
    let gone = false
    const load = async () => {
      const { listenGestures } = await import('./listen-gestures')
      if (gone || stop) return
      stop = listenGestures({ root: element, track, move, onBrush, onDrag: () => drag.current() })
      element.dataset.gestures = 'on'
    }
    const once = { once: true, passive: true }
    element.addEventListener('pointerover', load, once)
    element.addEventListener('touchstart', load, once)
    return () => {
      gone = true
      stop?.()
      element.removeEventListener('pointerover', load)
      element.removeEventListener('touchstart', load)
    }
  }, [move, onBrush])
  return root
}
