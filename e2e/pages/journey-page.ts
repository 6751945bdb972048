import { expect, type Page } from '@playwright/test'

/** The page of one order, read in English. */
export function journeyPage(page: Page) {
  const headline = page.getByRole('region', { name: /^Order / })
  const timeline = page.getByRole('region', { name: 'Timeline' })
  const coming = headline.getByText('Traces are still being read')
  return {
    headline,
    /** What somebody on the phone reads first. */
    status: headline.locator('.text-status'),
    coming,
    stages: page.getByRole('list', { name: 'Stages' }).getByRole('listitem'),
    timeline,
    lane: (name: string) => timeline.getByRole('listitem').filter({ hasText: name }),
    marks: timeline.locator('[data-mark]'),
    mark: (factId: string) => timeline.locator(`[data-mark="${factId}"]`),
    /** What is told of the pinned fact. */
    details: page.locator('section[aria-labelledby="fact-title"]'),
    blindSpots: page.getByRole('region', { name: 'What we could not see' }),
    sources: page.getByRole('region', { name: 'Sources' }).getByRole('listitem'),
    history: page.getByRole('region', { name: /^Everything the order databases recorded/ }),
    traces: page.getByRole('region', { name: 'Traces of this order' }),
    /** One point of the checklist. */
    point: (name: string) =>
      page
        .getByRole('region', { name: 'Checklist' })
        .getByRole('listitem')
        .filter({ hasText: name }),
    handoffs: page.getByRole('region', { name: 'Hand-offs of this order between systems' }),
    /** What is told of the chosen stage. */
    stageDetails: page.locator('section[aria-labelledby="stage-title"]'),
    json: headline.getByRole('link', { name: 'JSON' }),
    tab: (name: string) =>
      page.getByRole('navigation', { name: 'Views of this order' }).getByRole('link', { name }),
    /** One of the three answers, by its question. */
    answer: (question: string) =>
      headline
        .getByRole('term')
        .filter({ hasText: question })
        .locator('xpath=following-sibling::dd'),

    async open(orderId: string, query = '') {
      const response = await page.goto(`/orders/${orderId}${query}`)
      await this.complete()
      return response
    },
    /** The traces are in, and the page answers to clicks. */
    async complete() {
      // It takes the browser's own scripts to put it there.
      await expect(page.locator('[data-journey="complete"]')).toBeVisible()
      await expect(coming).toBeHidden()
      await isAnswering(page)
    },
  }
}

/** The page answers to clicks. */
export const isAnswering = (page: Page) =>
  page.waitForFunction(() =>
    Object.keys(document.querySelector('nav ul a') ?? {}).some((key) => key.startsWith('__react')),
  )
