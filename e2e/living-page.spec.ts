import type { Page } from '@playwright/test'
import pg from 'pg'
import { readDemo, signIn } from './demo'
import { findOrderInProduction } from './find-order'
import { carry, expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

async function inDatabase(database: 'mes' | 'store', text: string, values: readonly unknown[]) {
  const url = new URL(readDemo().mesUrl)
  if (database === 'store') url.pathname = '/order_journey'
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    await client.query(text, [...values])
  } finally {
    await client.end()
  }
}

/** One more status change of an order, as manufacturing writes it: the same status once more. */
const changeStatus = (orderId: string) =>
  inDatabase(
    'mes',
    `insert into mes.order_events (order_no, seq, status, occurred_at)
     select o.order_no, coalesce(max(e.seq), 0) + 1, o.status, now()
       from mes.orders o left join mes.order_events e using (order_no)
      where o.order_no = $1 group by o.order_no, o.status`,
    [orderId],
  )

const following = (page: Page) => page.locator('[data-following]')

/** What moved on the page since this was asked last, as browsers measure it. */
async function watchShifts(page: Page) {
  await page.addInitScript(() => {
    const seen = { sum: 0 }
    Object.assign(window, { seenShifts: seen })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        seen.sum += entry.value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return () =>
    page.evaluate(() => {
      const { seenShifts } = window as unknown as { seenShifts: { sum: number } }
      const { sum } = seenShifts
      seenShifts.sum = 0
      return sum
    })
}

const STILL = 0.01

test('what is new appears by itself, in place, and is said', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const shifts = await watchShifts(page)
  const { headline } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await expect(following(page)).toHaveText('Live')
  const refresh = headline.getByRole('button', { name: 'Refresh' })
  await refresh.focus()
  await page.evaluate(() => window.scrollTo(0, 120))
  await shifts()

  await changeStatus(orderId)
  await expect(page.getByRole('status').filter({ hasText: '1 new fact' })).toBeVisible()
  await expect(refresh).toBeFocused()
  expect(await page.evaluate(() => window.scrollY)).toBe(120)
  expect(await shifts()).toBeLessThan(STILL)
})

test('the traces take their place without moving anything', async ({ as, hurt }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const shifts = await watchShifts(page)
  const { coming } = journeyPage(page)
  await hurt('jaeger', 'slow')
  await page.goto(`/orders/${orderId}`, { waitUntil: 'commit' })
  await expect(coming).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
  await shifts()
  await expect(coming).toBeHidden()
  await expect(following(page)).toHaveText('Live')
  expect(await shifts()).toBeLessThan(STILL)
})

test('without a stream the page asks by itself, and says so', async ({ as, announce }) => {
  announce(/events/)
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await page.route('**/events?*', (route) => route.fulfill({ status: 503, body: '' }))
  const polled = page.waitForRequest(`**/api/orders/${orderId}/journey`)
  await journeyPage(page).open(orderId)
  expect((await polled).headers()['x-background']).toBe('1')
  await expect(following(page)).toHaveText('Every 15 s')
  await changeStatus(orderId)
  await expect(page.getByRole('status').filter({ hasText: '1 new fact' })).toBeVisible({
    timeout: 25_000,
  })
})

test('whoever is signed out elsewhere is told, and what was read stays', async ({
  stranger,
  announce,
}) => {
  announce(/status of 401/)
  const { orderId } = await findOrderInProduction()
  const page = await stranger()
  await carry(page, await signIn('oleg'))
  const { headline, status } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await expect(following(page)).toHaveText('Live')

  await page.context().clearCookies()
  // A cut: the browser comes back, and has no session any more.
  await page.context().setOffline(true)
  await page.context().setOffline(false)
  await headline.getByRole('button', { name: 'Refresh' }).click()
  await expect(headline.getByRole('status')).toContainText('Could not be refreshed')
  await expect(status).toHaveText('In production')
})

test('the key r asks anew', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const asked = page.waitForRequest(`**/api/orders/${orderId}/journey`)
  await page.keyboard.press('r')
  await asked
})

//   now ───── an hour later, and no event
test('ages go on by themselves, and nothing moves for it', async ({ as, announce }) => {
  announce(/ERR_FAILED/)
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await page.route('**/events*', (route) => route.abort())
  await page.route('**/api/orders/*/journey', (route) => route.abort())
  const shifts = await watchShifts(page)
  await page.clock.install()
  await journeyPage(page).open(orderId)
  const { headline } = journeyPage(page)
  const ago = headline.getByText(/ ago/)
  const before = await ago.innerText()
  await shifts()
  await page.clock.fastForward(3_700_000)
  await expect(ago).not.toHaveText(before)
  expect(await shifts()).toBeLessThan(STILL)
})
