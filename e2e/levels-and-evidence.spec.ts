import { ask, cookieOf, inject } from './demo'
import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

test('reads how long a stage has left, by which clock, and what is due next', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { stages, stageDetails } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await stages.filter({ hasText: 'Approved for production' }).getByRole('link').click()
  await expect(stageDetails).toContainText('only working hours are counted')
  await expect(stageDetails).toContainText('done within plan')
  await expect(page).toHaveURL(/stage=MANUFACTURING_APPROVED/)

  const { expected } = await readJourney(orderId)
  expect(expected.map(({ status }) => status)).toEqual([
    'MANUFACTURING_COMPLETED',
    'PACKAGING',
    'SHIPPED',
    'CLOSED',
  ])
  await expect(stages.filter({ hasText: 'next' })).toContainText(/Made.*planned.*latest/)
  await expect(page.getByText('They are no forecast from other orders.')).toBeVisible()
})

test('reads of a late order by how much, since when, and which hand-off holds it up', async ({
  as,
}) => {
  const page = await as('support')
  const { handoffs, stages, point } = journeyPage(page)
  await journeyPage(page).open(await inject('FP-03'))
  await expect(stages.filter({ hasText: 'next' })).toContainText('was due')
  const row = handoffs.getByRole('row').filter({ hasText: 'not there yet' })
  await expect(row).toContainText(/over the limit by .+, since /)
  await expect(row).toContainText('counted around the clock')
  await expect(point('Priced')).toContainText('Not yet')
})

test('comes from a point of the checklist, a hand-off and an entry to its evidence', async ({
  as,
}) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { point, details, handoffs, history, tab } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await point('Priced').getByRole('link').click()
  await expect(details.getByRole('heading')).toContainText('Price calculated')
  await expect(details).toBeInViewport()
  await expect(details).toContainText('Asked')
  await handoffs.getByRole('link').first().click()
  await expect(details.getByRole('heading')).toContainText('Placed')

  await tab('History').click()
  await history.getByRole('link', { name: 'Status: In production' }).first().click()
  await expect(details.getByRole('heading')).toContainText('In production')
  await expect(history.getByRole('columnheader', { name: 'By' })).toBeVisible()
})

test('copies one fact as this viewer may see it', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { permissions: ['clipboard-read', 'clipboard-write'] })
  const { details } = journeyPage(page)
  await journeyPage(page).open(orderId, '?fact=row:mes:mes')
  await details.getByRole('button', { name: 'Copy JSON' }).click()
  const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))
  const { facts } = await readJourney(orderId, 'support')
  expect(copied).toEqual(JSON.parse(JSON.stringify(facts.find(({ id }) => id === 'row:mes:mes'))))

  await details.getByRole('button', { name: 'Copy link' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

test('opens somebody’s link without a change of the own language, theme or zone', async ({
  as,
}) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { colorScheme: 'light' })
  await page.goto('/')
  const before = await page.context().cookies()
  const preferences = await page
    .locator('html')
    .evaluate((html) => [html.getAttribute('lang'), html.className])
  const { details, history } = journeyPage(page)
  await journeyPage(page).open(
    orderId,
    '?tab=history&fact=row:mes:mes&locale=ru&theme=dark&timeZone=UTC',
  )
  await expect(history).toBeVisible()
  await expect(details).toBeVisible()
  await page.goto('/')
  expect(
    await page.locator('html').evaluate((html) => [html.getAttribute('lang'), html.className]),
  ).toEqual(preferences)
  const kept = (await page.context().cookies()).filter(({ name }) => name === 'oj-preferences')
  expect(kept).toEqual(before.filter(({ name }) => name === 'oj-preferences'))
  const start = await ask('/', { cookie: await cookieOf('support') })
  expect(await start.text()).toContain(`lang="${preferences[0]}"`)
})
