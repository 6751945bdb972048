import { signIn } from './demo'
import { findOrderInProduction } from './find-order'
import { carry, expect, test } from './fixtures'
import { header } from './pages/header'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'
import { signInPage } from './pages/sign-in-page'

test('signs out here and at the provider', async ({ stranger }) => {
  const page = await stranger()
  await page.goto('/')
  await signInPage(page).signInAs('Олег Ветров')
  const session = await page.context().cookies()
  await header(page).openMenu()
  await header(page).signOut.click()
  await expect(page).toHaveURL('/signin')
  await expect(signInPage(page).button).toBeVisible()
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain(
    'next-auth.session-token',
  )

  // The provider has forgotten, too: it asks again who one is.
  await signInPage(page).button.click()
  await expect(page.getByRole('button', { name: 'Олег Ветров' })).toBeVisible()

  // And whoever kept the cookie has nothing.
  await page.context().addCookies(session)
  await page.goto('/')
  await expect(page).toHaveURL(/\/signin\?ended=1/)
})

test('is asked to sign in at the next click, when the provider has ended the session', async ({
  stranger,
}) => {
  const { orderId } = await findOrderInProduction()
  const page = await stranger()
  await page.goto('/')
  await signInPage(page).button.click()
  const provider = new URL(page.url()).origin
  await page.getByRole('button', { name: 'Олег Ветров' }).click()
  await expect(lookUpPage(page).title).toBeVisible()

  const elsewhere = await page.context().newPage()
  await elsewhere.goto(`${provider}/session/end`)
  await expect(elsewhere.getByRole('heading')).toHaveText('You are signed out.')

  await lookUpPage(page).find(orderId)
  await expect(page).toHaveURL(/\/signin\?.*ended=1/)
  await expect(signInPage(page).ended).toHaveText('Your session has ended. Sign in again.')
  await signInPage(page).signInAs('Олег Ветров')
  await expect(page).toHaveURL(new RegExp(orderId))
})

test('sees that a refresh failed, and keeps what was read', async ({ stranger, announce }) => {
  announce(/status of 401/)
  const { orderId } = await findOrderInProduction()
  const page = await stranger()
  await carry(page, await signIn('oleg'))
  const { headline, status } = journeyPage(page)
  await journeyPage(page).open(orderId)

  await page.context().clearCookies()
  await headline.getByRole('button', { name: 'Refresh' }).click()
  await expect(headline.getByRole('status')).toContainText('Could not be refreshed')
  await expect(status).toHaveText('In production')
})
