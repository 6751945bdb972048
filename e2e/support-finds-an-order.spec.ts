import { findOrderInProduction, findSharedTrace, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { header } from './pages/header'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'
import { refusalPage } from './pages/refusal-page'
import { signInPage } from './pages/sign-in-page'

test('signs in, pastes a number as the customer wrote it, and reads the answer', async ({
  stranger,
}) => {
  const { orderId, since } = await findOrderInProduction()
  const page = await stranger()
  await page.goto('/')
  await signInPage(page).signInAs('Анна Соколова')
  await expect(header(page).menu).toContainText('Анна Соколова · Support')

  await expect(lookUpPage(page).box).toBeFocused()
  await lookUpPage(page).find(`  ${orderId.toLowerCase()} \t`)
  await expect(page).toHaveURL(`/orders/${orderId}`)

  const { status, answer, headline } = journeyPage(page)
  await expect(status).toHaveText('In production')
  await expect(headline.getByRole('heading', { level: 1 })).toHaveText(`Order ${orderId}`)
  await expect(answer('Since').locator('time')).toHaveAttribute('datetime', since.toISOString())
  await expect(answer('Whose turn')).toHaveText('An operator’s turn')
  await expect(answer('In this status')).toContainText('plan 10 d, limit 14 d')
})

test('signs in on the way to an order somebody sent a link to', async ({ stranger }) => {
  const { orderId } = await findOrderInProduction()
  const page = await stranger()
  await page.goto(`/orders/${orderId}?tab=history`)
  await expect(page).toHaveURL(/\/signin\?returnTo=/)
  await signInPage(page).signInAs('Анна Соколова')
  await expect(page).toHaveURL(`/orders/${orderId}?tab=history`)
  await expect(journeyPage(page).history).toBeVisible()
})

test('finds the orders opened before, and nobody else’s', async ({ as }) => {
  const first = await findOrderInProduction()
  const second = await findOrderInProduction()
  const page = await as('oleg')
  const lookUp = lookUpPage(page)
  for (const { orderId } of [first, second]) await journeyPage(page).open(orderId)

  await lookUp.open()
  await expect(lookUp.recent.nth(0)).toContainText(second.orderId)
  await expect(lookUp.recent.nth(1)).toContainText(first.orderId)
  await lookUp.recent.nth(1).click()
  await expect(page).toHaveURL(`/orders/${first.orderId}`)

  const other = await as('kira')
  await lookUpPage(other).open()
  await expect(other.getByRole('main')).not.toContainText(second.orderId)
})

test('comes to the look-up box by the key /, and types it where it belongs', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const { box } = header(page)
  await page.keyboard.press('/')
  await expect(box).toBeFocused()
  await expect(box).toHaveValue('')
  await page.keyboard.type('a/b')
  await expect(box).toHaveValue('a/b')
})

test('comes from a trace id to its order', async ({ as }) => {
  const { orderId } = await findOrderInProduction('partner')
  const { traces } = await readJourney(orderId)
  const own = traces.find(({ otherOrders }) => otherOrders === 0)
  const page = await as('support')
  await lookUpPage(page).open()
  await lookUpPage(page).find(` ${own?.traceId.toUpperCase()} `)
  await expect(page).toHaveURL(`/orders/${orderId}`)
})

test('chooses among the orders of one trace', async ({ as }) => {
  const shared = await findSharedTrace()
  const page = await as('support')
  const { candidates, find, open } = lookUpPage(page)
  await open()
  await find(shared.traceId)
  await expect(candidates).toHaveCount(shared.otherOrders + 1)
  await candidates.filter({ hasText: shared.orderId }).click()
  await expect(page).toHaveURL(`/orders/${shared.orderId}`)
})

test('is told that a number is unknown', async ({ as, announce }) => {
  announce(/status of 404/)
  const page = await as('support')
  await lookUpPage(page).open()
  const answered = page.waitForResponse(/\/orders\/ORD-999999/)
  await lookUpPage(page).find('ord-999999')
  expect((await answered).status()).toBe(404)
  await expect(refusalPage(page).title).toHaveText('There is no such order')
  await refusalPage(page).back.click()
  await expect(lookUpPage(page).title).toBeVisible()
})

test('is told that a trace is unknown', async ({ as, announce }) => {
  announce(/status of 404/)
  const page = await as('support')
  const nowhere = 'f'.repeat(31)
  const response = await page.goto(`/?q=0${nowhere}`)
  expect(response?.status()).toBe(404)
  await expect(lookUpPage(page).outcome).toContainText(nowhere)
})

test('is told that a text is no number at all', async ({ as, announce }) => {
  announce(/status of 400/)
  const page = await as('support')
  const response = await page.goto('/?q=the+ring+of+Mrs+Smith')
  expect(response?.status()).toBe(400)
  const { outcome, box } = lookUpPage(page)
  await expect(outcome).toContainText('no order number, no partner’s number and no trace id')
  await expect(outcome).toContainText('ORD-000017')
  await expect(box).toHaveValue('the ring of Mrs Smith')
})
