/** In this browser alone: who speaks to a computer, or rests a hand on its keys, switches them off. */
const NAME = 'oj-single-keys'

/** Whether keys without Ctrl or Alt do something. */
export function areSingleKeysOn(): boolean {
  try {
    return window.localStorage.getItem(NAME) !== 'off'
  } catch {
    return true // A browser that keeps nothing has nothing switched off.
  }
}

/** Keeps the choice for this browser, where it keeps anything. */
export function setSingleKeys(on: boolean): void {
  try {
    window.localStorage.setItem(NAME, on ? 'on' : 'off')
  } catch {
    // Then it holds for no longer than the sheet is open.
  }
}

/** True where a key belongs to what somebody writes, chooses or reads in a dialog. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"], [role="listbox"]',
  ) !== null
