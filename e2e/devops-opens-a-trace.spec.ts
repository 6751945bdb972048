import { readDemo } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { tracePage } from './pages/trace-page'

test('follows a trace of the order to the trace store', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('devops')
  const { traces } = journeyPage(page)
  await journeyPage(page).open(orderId, '?tab=traces')

  const row = traces.getByRole('row').nth(1)
  const link = row.getByRole('link')
  const traceId = await link.innerText()
  await expect(link).toHaveAttribute('rel', /noreferrer/)
  const opened = page.waitForEvent('popup')
  await link.click()
  const store = await opened
  await expect(store).toHaveURL(`${readDemo().tracesUrl}/trace/${traceId}`)
  await expect(tracePage(store).title).toHaveText(`Trace ${traceId}`)
  // One row more than spans: the head.
  await expect(tracePage(store).spans).not.toHaveCount(1)
})

test('comes from a span to its trace, and sees what the span says', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('devops')
  const { marks, details } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await marks.and(page.locator('.span-bar')).first().click()
  await expect(details).toContainText('Service')
  const traceLink = details.getByRole('link', { name: /^Open trace/ }).first()
  await expect(traceLink).toHaveAttribute('href', new RegExp(`^${readDemo().tracesUrl}/trace/`))
  await expect(details.getByText('Attributes', { exact: true })).toBeVisible()
})

test('support has the same way out, where everything is traced', async ({ as }) => {
  // The preset s4 gives support whatever developers have in full.
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId, '?tab=traces')
  await expect(journeyPage(page).traces.getByRole('link').first()).toHaveAttribute(
    'href',
    new RegExp(`^${readDemo().tracesUrl}/trace/[0-9a-f]{32}$`),
  )
})
