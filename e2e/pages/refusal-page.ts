import type { Page } from '@playwright/test'

/** A page that cannot be shown, and why. */
export function refusalPage(page: Page) {
  const main = page.getByRole('main')
  return {
    title: main.getByRole('heading', { level: 1 }),
    main,
    back: main.getByRole('link', { name: 'Look up another order' }),
  }
}
