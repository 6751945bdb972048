import type { Page } from '@playwright/test'

/** The start page, read in English. */
export function lookUpPage(page: Page) {
  const main = page.getByRole('main')
  const box = main.getByRole('textbox', { name: 'Order number, partner’s number or trace id' })
  return {
    box,
    title: main.getByRole('heading', { level: 1 }),
    recent: main.getByRole('region', { name: 'Recently opened by you' }).getByRole('link'),
    candidates: main.getByRole('region', { name: /orders? in this trace$/ }).getByRole('link'),
    /** The orders of one partner's number. */
    numbered: main.getByRole('region', { name: /with the partner’s number/ }).getByRole('link'),
    /** What the look-up came to, where it came to nothing. */
    outcome: main.getByRole('status'),
    open: () => page.goto('/'),
    async find(text: string) {
      await box.fill(text)
      await main.getByRole('button', { name: 'Find' }).click()
    },
  }
}
