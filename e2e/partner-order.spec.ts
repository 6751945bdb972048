import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

test('an order of a partner has a journey without the shop', async ({ as }) => {
  const { orderId } = await findOrderInProduction('partner')
  const page = await as('support')
  const { headline, status, stages } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await expect(headline).toContainText('Partner')
  await expect(status).toHaveText('In production')
  await expect(stages.first()).toContainText('Placed')
  await expect(stages.first()).toContainText('Production system')

  const { facts, blindSpots, disagreements, handoffs } = await readJourney(orderId)
  expect(facts.filter(({ system }) => system === 'shop')).toEqual([])
  // That the shop is silent here is right, and no blind spot.
  expect(blindSpots.filter(({ system }) => system === 'shop')).toEqual([])
  expect(disagreements).toEqual([])
  expect(handoffs.filter(({ from, to }) => from === 'shop' || to === 'shop')).toEqual([])
})
