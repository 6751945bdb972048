import type { MouseEvent } from 'react'

/** How a place of the page leads to the evidence of what it says. */
export type OpensFact = {
  /** The address at which this fact is pinned. */
  readonly toHref: (factId: string) => string
  /** Pins it without asking the server; a click that means another tab is left to the browser. */
  readonly onOpen: (event: MouseEvent, factId: string) => void
}

/** A click for a new tab, a new window or a download. */
export const isForBrowser = (event: MouseEvent): boolean =>
  event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0
