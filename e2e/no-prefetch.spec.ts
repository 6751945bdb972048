import type { Page, Request } from '@playwright/test'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'

test('an order nobody opened is not asked for', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const asked: string[] = []
  page.on('request', (request) => {
    if (/\/(orders|api)\//.test(request.url()) && !isAboutSystems(request))
      asked.push(request.url())
  })
  const { open, recent } = lookUpPage(page)
  await open()
  await expect(recent.first()).toContainText(orderId)
  await recent.first().hover()
  await recent.first().focus()
  await rest(page)
  expect(asked).toEqual([])

  await recent.first().click()
  await expect(page).toHaveURL(`/orders/${orderId}`)
  expect(asked).not.toEqual([])
})

test('what is chosen on the page asks the server nothing', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { tab, stages, details, history, traces } = journeyPage(page)
  await journeyPage(page).open(orderId)
  const asked: string[] = []
  page.on('request', (request) => {
    const asks = ['document', 'fetch', 'xhr'].includes(request.resourceType())
    if (asks && !isAboutSystems(request)) asked.push(request.url())
  })
  await tab('History').click()
  await expect(history).toBeVisible()
  await tab('Traces').click()
  await expect(traces).toBeVisible()
  await stages.first().getByRole('link').click()
  await expect(details).toBeVisible()
  await rest(page)
  expect(asked).toEqual([])
})

/** Until the browser has nothing left to do: a link that prefetches does so by then. */
const rest = (page: Page) =>
  page.evaluate(() => new Promise((resolve) => requestIdleCallback(() => resolve(null))))

/** The strip on every page asks how the systems do, and never about an order. */
const isAboutSystems = (request: Request) => request.url().endsWith('/api/systems')
