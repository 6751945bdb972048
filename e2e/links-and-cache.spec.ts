import { ask, cookieOf } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'

const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
}

test('no answer is kept, and each carries the headers that protect it', async () => {
  const { orderId } = await findOrderInProduction()
  const cookie = await cookieOf('support')
  const answers = [
    ['/', 200],
    ['/?q=nonsense', 400],
    [`/orders/${orderId}`, 200],
    ['/orders/ORD-999999', 404],
    [`/api/orders/${orderId}/journey`, 200],
    ['/api/orders/ORD-999999/journey', 404],
    ['/nowhere', 404],
    ['/signin', 200],
    ['/no-role', 307],
  ] as const
  for (const [address, status] of answers) {
    const answer = await ask(address, { cookie })
    await answer.body?.cancel()
    expect(answer.status, address).toBe(status)
    expect(answer.headers.get('cache-control'), address).toContain('no-store')
    expect(Object.fromEntries(answer.headers), address).toMatchObject(HEADERS)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy, address).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic';/)
    expect(policy, address).not.toMatch(/script-src[^;]*unsafe/)
    expect(answer.headers.get('x-powered-by'), address).toBeNull()
  }
})

test('a nonce is used once', async () => {
  const nonceOf = async () =>
    (await ask('/signin')).headers.get('content-security-policy')?.match(/nonce-([^']+)/)?.[1]
  expect(await nonceOf()).not.toBe(await nonceOf())
})

test('after signing out the back button shows nothing', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('kira')
  await page.goto(`/orders/${orderId}`)
  await page.goto('/')
  await page.context().clearCookies()
  await page.goBack()
  await expect(page).toHaveURL(/\/signin/)
  await expect(page.locator('body')).not.toContainText('In production')
})

test('a page has an icon, and one address', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await page.goto('/')
  const icon = page.locator('link[rel=icon]')
  await expect(icon).toHaveAttribute('href', /^\//)
  const address = (await icon.getAttribute('href')) ?? ''
  expect((await page.request.get(address)).status()).toBe(200)

  await page.goto(`/orders/%20${orderId.toLowerCase()}%20`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Order ${orderId}`)
})
