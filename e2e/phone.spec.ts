import type { Page } from '@playwright/test'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'

for (const locale of ['en', 'ru'] as const)
  test(`nothing moves sideways under the thumb, in ${locale}`, async ({ as }) => {
    // Several, because what stands on the axis differs from order to order.
    const orders = [await findOrderInProduction(), await findOrderInProduction('partner')]
    const { orderId } = await findOrderInProduction()
    const page = await as('developer', {
      viewport: { width: 390, height: 844 },
      isMobile: true,
      hasTouch: true,
      locale,
    })
    for (const address of [
      '/',
      ...orders.map((order) => `/orders/${order.orderId}`),
      ...['', '?tab=history', '?tab=traces', '?tab=compare'].map((it) => `/orders/${orderId}${it}`),
    ]) {
      await page.goto(address)
      expect(await overflowOf(page), address).toBeLessThanOrEqual(0)
    }
  })

test('the answer is on the first screen, and a mark can be tapped', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('developer', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  })
  await lookUpPage(page).open()
  await lookUpPage(page).find(orderId)
  const { complete, status, answer, marks, details } = journeyPage(page)
  await complete()
  await expect(status).toBeInViewport()
  await expect(answer('Since')).toBeInViewport()
  await expect(answer('Who acts').first()).toBeInViewport()
  await marks.first().tap()
  await expect(details).toBeVisible()
})

const overflowOf = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
