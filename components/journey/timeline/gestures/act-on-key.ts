import { panBy, zoomAt } from '../axis/zoom-axis'
import type { Move } from '../use-timeline-look'

type Key = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>

const ZOOM = { small: 1.5, large: 4 }
const PAN = { small: 0.15, large: 0.6 }

/**
 * What a key does to the window, as in the trace store's own timeline; undefined where it does nothing.
 * `x` is the place that stays while zooming. Letters by their place: they are the same on every layout.
 */
export function actOnKey(event: Key, x = 0.5): Move | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined
  const size = event.shiftKey ? 'large' : 'small'
  if (event.key === '+' || event.key === '=') return zoomBy(ZOOM.small, x)
  if (event.key === '-' || event.key === '_') return zoomBy(1 / ZOOM.small, x)
  if (event.key === '0') return () => null
  if (event.key === 'ArrowUp') return zoomBy(ZOOM[size], x)
  if (event.key === 'ArrowDown') return zoomBy(1 / ZOOM[size], x)
  if (event.key === 'ArrowLeft' || event.code === 'KeyA') return panAside(-PAN[size])
  if (event.key === 'ArrowRight' || event.code === 'KeyD') return panAside(PAN[size])
  return undefined
}

export const zoomBy =
  (factor: number, x = 0.5): Move =>
  (whole, window) =>
    zoomAt(whole, window, factor, x)

export const panAside =
  (share: number): Move =>
  (whole, window) =>
    panBy(whole, window, share)
