/**
 * Moves the focus among the marks of a timeline: left and right within a lane, up and down to the nearest
 * mark of the next lane. False where the key means nothing here.
 */
export function moveFocus(within: HTMLElement, target: EventTarget, key: string): boolean {
  if (!(target instanceof HTMLElement) || !target.dataset.mark) return false
  const marks = [...within.querySelectorAll<HTMLElement>('[data-mark]')]
  const next = findNext(marks, target, key)
  if (!next) return false
  target.tabIndex = -1
  next.tabIndex = 0
  next.focus()
  return true
}

function findNext(marks: readonly HTMLElement[], from: HTMLElement, key: string) {
  const inLane = (lane: string | undefined) =>
    marks.filter((mark) => mark.dataset.lane === lane).sort((a, b) => xOf(a) - xOf(b))
  const own = inLane(from.dataset.lane)
  if (key === 'ArrowRight') return own[own.indexOf(from) + 1]
  if (key === 'ArrowLeft') return own[own.indexOf(from) - 1]
  if (key === 'Home') return own[0]
  if (key === 'End') return own.at(-1)
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return undefined

  const lanes = [...new Set(marks.map((mark) => mark.dataset.lane))]
  const step = key === 'ArrowDown' ? 1 : -1
  const lane = lanes[lanes.indexOf(from.dataset.lane) + step]
  const away = (mark: HTMLElement) => Math.abs(xOf(mark) - xOf(from))
  return lane === undefined ? undefined : inLane(lane).sort((a, b) => away(a) - away(b))[0]
}

const xOf = (mark: HTMLElement) => mark.offsetLeft
