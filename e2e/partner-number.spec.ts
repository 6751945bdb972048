import { inject } from './demo'
import { findOrderInProduction, findPartnerNumber, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'

test('the number a partner uses leads to the order', async ({ as }) => {
  const { orderId } = await findOrderInProduction('partner')
  const page = await as('support')
  const { find } = lookUpPage(page)
  await lookUpPage(page).open()
  await find(` ${await findPartnerNumber(orderId)} `)
  await expect(page).toHaveURL(new RegExp(`/orders/${orderId}$`))
})

test('an order that came twice is found twice, and each names the other', async ({ as }) => {
  const orderId = await inject('duplicate')
  const page = await as('support')
  const { find, numbered } = lookUpPage(page)
  await lookUpPage(page).open()
  await find(await findPartnerNumber(orderId))
  await expect(numbered).toHaveCount(2)
  await numbered.filter({ hasText: orderId }).click()

  const { headline } = journeyPage(page)
  await expect(headline).toContainText('The same partner order seems to have come in twice.')
  const other = headline.getByRole('link', { name: /^ORD-/ })
  const otherId = await other.innerText()
  expect(otherId).not.toBe(orderId)
  await other.click()
  await expect(headline.getByRole('link', { name: orderId })).toBeVisible()
  expect((await readJourney(otherId)).duplicates.map((one) => one.orderId)).toEqual([orderId])
})

test('a number that nobody bears is unknown, and what is no number is refused', async ({
  as,
  announce,
}) => {
  announce(/status of (400|404)/)
  const page = await as('support')
  const { find, outcome } = lookUpPage(page)
  await lookUpPage(page).open()
  await find('ZZ-00000')
  await expect(outcome).toContainText('We do not know the order “ZZ-00000”')
  await find('no number')
  await expect(outcome).toContainText(
    'This is no order number, no partner’s number and no trace id',
  )
})
