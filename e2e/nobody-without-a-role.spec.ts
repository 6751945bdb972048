import { ask, cookieOf } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { signInPage } from './pages/sign-in-page'

test('is signed in, is told whom to ask, and can sign out', async ({ stranger, announce }) => {
  announce(/status of 403/)
  const page = await stranger()
  await page.goto('/')
  const refused = page.waitForResponse('**/no-role')
  await signInPage(page).signInAs('Нора Власова')
  expect((await refused).status()).toBe(403)
  await expect(page.getByRole('heading')).toHaveText('You have no role here yet')
  await expect(page.getByRole('main')).toContainText('it@alexandrite.example')
  await expect(page.getByRole('textbox')).toHaveCount(0)

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page).toHaveURL(/\/signin$/)
})

test('sees no order, neither as a page nor as JSON', async ({ as, announce }) => {
  announce(/status of 403/)
  const { orderId } = await findOrderInProduction()
  const page = await as('none')
  for (const address of ['/', `/orders/${orderId}`, '/orders/ORD-999999']) {
    await page.goto(address)
    await expect(page).toHaveURL('/no-role')
  }
  const cookie = await cookieOf('none')
  const existing = await ask(`/api/orders/${orderId}/journey`, { cookie })
  const unknown = await ask('/api/orders/ORD-999999/journey', { cookie })
  // Both alike: whether an order exists is not said either.
  expect([existing.status, unknown.status]).toEqual([403, 403])
  expect(await existing.text()).not.toContain(orderId)
})

test('a stranger is asked to sign in, and told nothing', async ({ stranger }) => {
  const { orderId } = await findOrderInProduction()
  const json = await ask(`/api/orders/${orderId}/journey`)
  expect(json.status).toBe(401)
  const page = await stranger()
  await page.goto(`/orders/${orderId}`)
  await expect(page).toHaveURL(`/signin?returnTo=${encodeURIComponent(`/orders/${orderId}`)}`)
  const { status } = await ask(`/orders/ORD-999999`)
  expect(status).toBe((await ask(`/orders/${orderId}`)).status)
})
