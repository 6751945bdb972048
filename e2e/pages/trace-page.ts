import type { Page } from '@playwright/test'

/** The trace store's own page of one trace. */
export const tracePage = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  spans: page.getByRole('row'),
})
