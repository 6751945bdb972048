import { inject } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { isAnswering, journeyPage } from './pages/journey-page'
import { refusalPage } from './pages/refusal-page'

test('an order that only traces know says so, and takes nothing for granted', async ({ as }) => {
  const page = await as('support')
  const { status, point, blindSpots } = journeyPage(page)
  await journeyPage(page).open(await inject('only-traces'))
  await expect(status).toHaveText('No database has this order')
  await expect(point('Placed and saved')).toContainText('Not seen: only traces know this order')
  await expect(blindSpots).toContainText('Only traces know this order')
})

test('a partner’s order that one database has is known by the partner’s number, too', async ({
  as,
}) => {
  const page = await as('support')
  const { headline, point } = journeyPage(page)
  await journeyPage(page).open(await inject('only-mes'))
  await expect(headline).toContainText('partner’s number')
  await expect(point('Placed and saved')).not.toContainText('Not')
  await expect(point('Priced')).toContainText('does not have it yet')
})

test('an order that was closed a year ago is whole without its traces', async ({ as }) => {
  const page = await as('support')
  const { status, stages, tab, blindSpots, handoffs } = journeyPage(page)
  await journeyPage(page).open(await inject('year-old'))
  await expect(status).toHaveText('Closed')
  await expect(stages.filter({ hasText: /still to come|next/ })).toHaveCount(0)
  await expect(blindSpots).toContainText('older than the traces that are kept')
  await expect(handoffs).not.toContainText('not there yet')
  await tab('Traces').click()
  await expect(
    page.getByText(/Traces are kept for \d+ days, and this order is older/),
  ).toBeVisible()
})

test('an unknown order says what was asked where, and since when somebody is silent', async ({
  as,
  announce,
  hurt,
}) => {
  announce(/status of 404/)
  const page = await as('support')
  const { main, title } = refusalPage(page)
  await page.goto('/orders/ORD-999999')
  const asked = main.getByRole('region', { name: /^What was asked/ }).getByRole('listitem')
  await expect(asked).toHaveCount(3)
  await expect(asked.filter({ hasText: 'it does not know it' })).toHaveCount(3)

  await hurt('mes', 'down')
  await page.goto('/orders/ORD-999998')
  await expect(title).toHaveText('Whether this order exists cannot be said just now')
  await expect(asked.filter({ hasText: 'Production system' })).toContainText(
    /could not be asked since \d/,
  )
})

for (const locale of ['en', 'ru'] as const)
  test(`prints one page: ${locale}`, async ({ as }) => {
    const { orderId } = await findOrderInProduction()
    const page = await as('support', {
      locale,
      colorScheme: 'dark',
      extraHTTPHeaders: { 'accept-language': locale },
    })
    await page.goto(`/orders/${orderId}`)
    await expect(page.locator('html')).toHaveAttribute('lang', locale)
    await isAnswering(page)
    await page.locator('[data-journey="complete"]').waitFor()
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true })
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1)

    await page.emulateMedia({ media: 'print' })
    await expect(page.getByRole('navigation')).toHaveCount(0)
    await expect(page.getByRole('banner')).toBeHidden()
    await expect(page.getByText(/^(Printed|Напечатано) /)).toBeVisible()
    expect(await page.locator('body').evaluate((body) => getComputedStyle(body).colorScheme)).toBe(
      'light',
    )
  })
