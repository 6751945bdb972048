const TRIES = 40
const APART_MS = 50

/** Brings what was just opened into sight once it is drawn, with as little movement as possible. */
export function showOpened(id: 'fact-details' | 'stage-details', tries = TRIES): void {
  setTimeout(() => {
    const opened = document.getElementById(id)
    if (opened) opened.scrollIntoView({ block: 'nearest' })
    else if (tries > 0) showOpened(id, tries - 1)
  }, APART_MS)
}
