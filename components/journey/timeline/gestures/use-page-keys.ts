'use client'

import { type RefObject, useEffect, useRef } from 'react'
import { areSingleKeysOn, isTyping } from '@/components/shell/single-keys'
import type { TimelineLook } from '../use-timeline-look'
import { actOnKey } from './act-on-key'

const NO_GAPS: ReadonlySet<number> = new Set()
const NO_LANES: ReadonlySet<string> = new Set()

/**
 * Keys of the timeline from anywhere on its page but where somebody types. Up and down scroll the page, and a
 * person may switch single keys off.
 */
export function usePageKeys(
  root: RefObject<HTMLElement | null>,
  move: TimelineLook['move'],
  look: TimelineLook,
) {
  const latest = useRef(look)
  useEffect(() => {
    latest.current = look
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { target, key, code, ctrlKey, metaKey, altKey } = event
      if (event.defaultPrevented || isTyping(target) || !areSingleKeysOn()) return
      if (ctrlKey || metaKey || altKey || key === 'ArrowUp' || key === 'ArrowDown') return
      const inside = target instanceof Node && root.current?.contains(target)
      if (key.startsWith('Arrow') && target !== document.body && !inside) return
      const { unfolded, contents, unfold, openLanes } = latest.current
      if (code === 'KeyU') unfold(unfolded === 'all' ? NO_GAPS : 'all')
      else if (key === '[')
        openLanes(
          new Set(contents.filter(({ spans }) => spans.length > 0).map(({ lane }) => lane.system)),
        )
      else if (key === ']') openLanes(NO_LANES)
      else {
        const step = actOnKey(event)
        if (step) move(step)
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [root, move])
}
