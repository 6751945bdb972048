import { ask, cookieOf } from './demo'
import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

// One order per fault: an answer is shared for five seconds, and none may be a shared one here.
const FAULTS = {
  down: /could not be reached|failed repeatedly/,
  slow: /did not answer in time/,
  html: /cannot be read|refused our question/,
  truncate: /cannot be read|could not be reached/,
  huge: /more than we take|did not answer in time|not everything was searched/,
  garbage: /cannot be read/,
}

for (const [fault, reason] of Object.entries(FAULTS))
  test(`the trace store is ${fault}: the databases answer, and the gap has a name`, async ({
    as,
    hurt,
  }) => {
    const { orderId, since } = await findOrderInProduction()
    const page = await as('support')
    await hurt('jaeger', fault)
    const { status, answer, headline, blindSpots, sources, stages } = journeyPage(page)
    const response = await journeyPage(page).open(orderId)
    expect(response?.status()).toBe(200)

    await expect(status).toHaveText('In production')
    await expect(answer('Since').locator('time')).toHaveAttribute('datetime', since.toISOString())
    await expect(stages.filter({ hasText: 'In production' })).toBeVisible()
    await expect(headline).toContainText(/things? we could not see/)
    await expect(blindSpots).toContainText(
      /“Traces \(Jaeger\)” (is not available|answered in part)/,
    )
    await expect(blindSpots).toContainText(reason)
    await expect(sources.filter({ hasText: 'Traces (Jaeger)' })).toContainText(
      /No answer|Answered in part/,
    )
  })

test('the shop’s database is down: production still says where the order is', async ({
  as,
  hurt,
  heal,
}) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await hurt('shop', 'down')
  const { status, blindSpots, sources } = journeyPage(page)
  const response = await journeyPage(page).open(orderId)
  expect(response?.status()).toBe(200)
  await expect(status).toHaveText('In production')
  await expect(blindSpots).toContainText(
    '“Order database: Shop, Sales system (CRM)” is not available',
  )
  await expect(sources.filter({ hasText: 'Shop, Sales system' })).toContainText('No answer')

  // Nobody restarts anything.
  await heal()
  await page.reload()
  await expect(sources.filter({ hasText: 'Shop, Sales system' })).toContainText('Answered')
  await expect(blindSpots).not.toContainText('is not available')
})

test('both databases are down: traces still know the order', async ({ as, hurt }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await hurt('shop', 'down')
  await hurt('mes', 'down')
  const { status, blindSpots, headline } = journeyPage(page)
  const response = await journeyPage(page).open(orderId)
  expect(response?.status()).toBe(200)
  await expect(status).toHaveText('In production')
  await expect(headline).toContainText('derived from traces')
  await expect(blindSpots).toContainText('Only traces know this order')
  await expect(blindSpots).toContainText('Order database: Production system (MES)')
  await expect(blindSpots).toContainText('Order database: Shop, Sales system (CRM)')
})

test('nothing answers: that is said, and never that the order does not exist', async ({
  as,
  hurt,
  announce,
}) => {
  announce(/status of 503/)
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  for (const source of ['shop', 'mes', 'jaeger'] as const) await hurt(source, 'down')
  const response = await page.goto(`/orders/${orderId}`)
  expect(response?.status()).toBe(503)
  const main = page.getByRole('main')
  await expect(main.getByRole('heading')).toHaveText('No answer is possible just now')
  await expect(main).toContainText('Order database')
  await expect(main).not.toContainText('no such order')

  const json = await ask(`/api/orders/${orderId}/journey`, { cookie: await cookieOf('support') })
  expect(json.status).toBe(503)
  const { silent } = await json.json()
  expect(silent).toEqual(expect.arrayContaining(['orders:mes', 'orders:shop']))
})

test('an unknown order with a database down may yet exist', async ({ as, hurt, announce }) => {
  announce(/status of (404|503)/)
  const page = await as('support')
  await hurt('mes', 'down')
  await page.goto('/orders/ORD-999998')
  await expect(page.getByRole('main')).toContainText(/Order database: .+could not be asked/)
})

test('everything answers again, without a restart', async ({ heal }) => {
  await heal()
  const { orderId } = await findOrderInProduction()
  const { sources } = await readJourney(orderId)
  // Of an order without a file nobody asks the storage.
  const asked = sources.map(({ source }) => source).filter((source) => source !== 's3')
  expect(asked.toSorted()).toEqual([
    'jaeger',
    'orders:mes',
    'orders:shop',
    'prometheus',
    'rabbitmq',
  ])
  expect(sources.filter(({ state }) => state === 'missing')).toEqual([])
})
