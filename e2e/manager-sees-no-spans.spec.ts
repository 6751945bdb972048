import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

test('reads stages, waits and the history, and is told why there are no spans', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('manager')
  const { status, timeline, marks, tab, traces } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await expect(status).toHaveText('In production')
  await expect(timeline).toContainText('single spans are not part of your role')
  expect(await marks.count()).toBeGreaterThan(3)
  await expect(page.locator('[data-mark].span-bar')).toHaveCount(0)

  await tab('Traces').click()
  await expect(traces).toBeHidden()
  await expect(page.getByRole('link', { name: /^Open trace/ })).toHaveCount(0)
})

test('is sent no span in any form', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const [own, other] = [await readJourney(orderId, 'manager'), await readJourney(orderId)]
  expect(own.spansWithheld).toBe(true)
  expect(own.facts.filter(({ kind }) => kind === 'span')).toEqual([])
  expect([own.traces, own.traceUrl]).toEqual([[], null])
  expect(own.current).toEqual({ ...other.current })
  expect(other.facts.some(({ kind }) => kind === 'span')).toBe(true)

  const traceIds = other.traces.map(({ traceId }) => traceId)
  const page = await as('manager')
  const html = await (await page.request.get(`/orders/${orderId}`)).text()
  expect(html).toContain(orderId)
  expect(traceIds.filter((traceId) => html.includes(traceId))).toEqual([])
})
