// Long, because wheel, drag, brush and pinch share the pointers they follow.
import { toAt, toX } from '../axis/fold-axis'
import { brush, panBy, panTo, zoomAt } from '../axis/zoom-axis'
import type { Move } from '../use-timeline-look'

/** What is being brushed, as shares of the screen, or of the whole axis on the map. */
export type Brushed = { readonly on: 'axis' | 'map'; readonly x1: number; readonly x2: number }

export type Gestures = {
  /** Its `data-zone` parts are `lanes`, `axis` and `map`; all are as wide as `track`. */
  readonly root: HTMLElement
  readonly track: HTMLElement
  readonly move: (move: Move) => void
  readonly onBrush: (brushed: Brushed | null) => void
  /** A drag began: nothing beneath the pointer is meant any more. */
  readonly onDrag: () => void
}

type Zone = 'lanes' | 'axis' | 'map'
type Part = 'body' | 'left' | 'right'
type Drag = {
  readonly zone: Zone
  readonly part: Part | null
  readonly start: number
  last: number
  begun: boolean
}

/** In pixels; less is a click. */
const DRAG = 4
const WHEEL = { zoom: 0.01, most: 0.5, line: 16 }

/**
 * Wheel, drag, brush and pinch on a timeline, until the function that comes back is called.
 *
 *     map, axis   drag: show what was brushed · wheel: zoom · window of the map: drag, pull its ends
 *     lanes       drag: pan · ctrl + wheel, pinch, double click: zoom · shift + wheel: pan
 *
 * A plain wheel over the lanes scrolls the page.
 */
export function listenGestures({ root, track, move, onBrush, onDrag }: Gestures): () => void {
  const pointers = new Map<number, number>()
  let drag: Drag | null = null
  // A page that scrolls under a resting pointer must not begin to zoom.
  let pointed: Zone | null = null

  const xOf = (clientX: number) => {
    const { left, width } = track.getBoundingClientRect()
    return (clientX - left) / width
  }
  const toPixels = (share: number) => share * track.clientWidth

  function onWheel(event: WheelEvent) {
    const zone = zoneOf(event.target)
    if (!zone) return
    const scale = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? WHEEL.line : 1
    const aside = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX
    const zooms = event.ctrlKey || event.metaKey || (zone !== 'lanes' && pointed === zone)
    if (event.shiftKey || (!zooms && Math.abs(aside) > Math.abs(event.deltaY))) {
      event.preventDefault()
      move((whole, window) => panBy(whole, window, (aside * scale) / track.clientWidth))
    } else if (zooms) {
      event.preventDefault()
      const power = Math.max(-WHEEL.most, Math.min(WHEEL.most, -event.deltaY * scale * WHEEL.zoom))
      const x = xOf(event.clientX)
      move((whole, window) => {
        const at = zone === 'map' ? toAt(whole, x) : null
        return zoomAt(
          whole,
          window,
          2 ** power,
          at === null || !window ? x : placeIn(whole, window, at),
        )
      })
    }
  }

  function onDown(event: PointerEvent) {
    const zone = zoneOf(event.target)
    if (!zone || (event.pointerType === 'mouse' && event.button !== 0)) return
    const x = xOf(event.clientX)
    pointers.set(event.pointerId, x)
    drag =
      pointers.size === 1
        ? { zone, part: partOf(event.target), start: x, last: x, begun: false }
        : null
    if (zone !== 'lanes') event.preventDefault()
  }

  function onMove(event: PointerEvent) {
    if (event.movementX !== 0 || event.movementY !== 0) pointed = zoneOf(event.target)
    const before = pointers.get(event.pointerId)
    if (before === undefined) return
    const x = xOf(event.clientX)
    if (pointers.size === 2) pinch(event.pointerId, x)
    else if (drag) pull(drag, event, x)
    pointers.set(event.pointerId, x)
  }

  function pull(now: Drag, event: PointerEvent, x: number) {
    if (!now.begun) {
      if (Math.abs(toPixels(x - now.start)) < DRAG) return
      now.begun = true
      root.setPointerCapture(event.pointerId)
      onDrag()
    }
    const step = x - now.last
    now.last = x
    const { zone, part, start } = now
    if (zone === 'lanes') move((whole, window) => panBy(whole, window, -step))
    else if (part) move(pullWindow(part, step))
    else onBrush({ on: zone, x1: start, x2: x })
  }

  function pinch(id: number, x: number) {
    const entries = [...pointers]
    const own = entries.find(([one]) => one === id)?.[1]
    const other = entries.find(([one]) => one !== id)?.[1]
    if (own === undefined || other === undefined) return
    onDrag()
    const [before, after] = [Math.abs(own - other), Math.abs(x - other)]
    const [middle, moved] = [(own + other) / 2, (x - own) / 2]
    move((whole, window) =>
      panBy(
        whole,
        zoomAt(whole, window, Math.max(after, 0.02) / Math.max(before, 0.02), middle),
        -moved,
      ),
    )
  }

  function onUp(event: PointerEvent) {
    if (!pointers.delete(event.pointerId)) return
    const ended = drag
    drag = null
    if (!ended?.begun) return
    swallowClick(root)
    onBrush(null)
    if (ended.zone === 'lanes' || ended.part || event.type === 'pointercancel') return
    const { zone, start, last } = ended
    move(
      (whole, window) =>
        brush(whole, zone === 'map' ? null : window, clamp(start), clamp(last)) ?? window,
    )
  }

  function onDouble(event: MouseEvent) {
    if (zoneOf(event.target) !== 'lanes' || isButton(event.target)) return
    const x = xOf(event.clientX)
    move((whole, window) => zoomAt(whole, window, event.shiftKey ? 0.5 : 2, x))
  }

  const heard = new AbortController()
  const { signal } = heard
  root.addEventListener('wheel', onWheel, { signal, passive: false })
  root.addEventListener('pointerdown', onDown, { signal })
  root.addEventListener('pointermove', onMove, { signal })
  root.addEventListener('pointerup', onUp, { signal })
  root.addEventListener('pointercancel', onUp, { signal })
  root.addEventListener('dblclick', onDouble, { signal })
  return () => heard.abort()
}

/** Moves the window of the map, or one of its ends, by a share of the whole axis. */
function pullWindow(part: Part, step: number): Move {
  return (whole, window) => {
    const first = whole[0]?.from ?? 0
    const last = whole.at(-1)?.until ?? first
    const { from, until } = window ?? { from: first, until: last }
    const [left, right] = [toX(whole, from), toX(whole, until)]
    if (part === 'body') return panTo(whole, window, toAt(whole, clamp(left + step)))
    if (part === 'left') return brush(whole, null, clamp(left + step), right) ?? window
    return brush(whole, null, left, clamp(right + step)) ?? window
  }
}

/** Where an instant is within what is seen, for zooming towards it from the map. */
function placeIn(whole: Parameters<Move>[0], window: { from: number; until: number }, at: number) {
  const [left, right] = [toX(whole, window.from), toX(whole, window.until)]
  return clamp((toX(whole, at) - left) / Math.max(right - left, 1e-9))
}

/** The click that ends a drag pins nothing. */
function swallowClick(root: HTMLElement) {
  const stop = (event: Event) => event.stopPropagation()
  root.addEventListener('click', stop, { capture: true, once: true })
  setTimeout(() => root.removeEventListener('click', stop, { capture: true }))
}

const zoneOf = (target: EventTarget | null): Zone | null => {
  const zone = closest(target, '[data-zone]')?.dataset.zone
  return zone === 'lanes' || zone === 'axis' || zone === 'map' ? zone : null
}
const partOf = (target: EventTarget | null): Part | null => {
  const part = closest(target, '[data-part]')?.dataset.part
  return part === 'body' || part === 'left' || part === 'right' ? part : null
}
const isButton = (target: EventTarget | null) => closest(target, 'button') !== null
const closest = (target: EventTarget | null, selector: string) =>
  target instanceof Element ? target.closest<HTMLElement>(selector) : null
const clamp = (x: number) => Math.min(1, Math.max(0, x))
