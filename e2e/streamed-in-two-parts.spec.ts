import { ask, cookieOf } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

//   databases ──▶ headline                         the trace store's four seconds are over ──▶ timeline
const EARLIER_MS = 2_000

test('the headline does not wait for the traces', async ({ as, hurt }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await hurt('jaeger', 'slow')
  const { status, coming, timeline, blindSpots } = journeyPage(page)
  await page.goto(`/orders/${orderId}`, { waitUntil: 'commit' })

  await expect(status).toHaveText('In production')
  const early = performance.now()
  await expect(coming).toBeVisible()
  await expect(timeline).toContainText('Traces are being read…')

  await expect(coming).toBeHidden()
  expect(performance.now() - early).toBeGreaterThan(EARLIER_MS)
  await expect(blindSpots).toContainText('did not answer in time')
})

test('it is in the first bytes, also for a browser without JavaScript', async ({ hurt }) => {
  const { orderId } = await findOrderInProduction()
  const cookie = await cookieOf('support')
  await hurt('jaeger', 'slow')
  const { body } = await ask(`/orders/${orderId}`, { cookie })
  let text = ''
  let early: number | null = null
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString()
    if (text.includes('In production') && text.includes('An operator’s turn'))
      early ??= performance.now()
  }
  expect(early).not.toBeNull()
  expect(performance.now() - (early ?? 0)).toBeGreaterThan(EARLIER_MS)
})

//   permit ──▶ its place                       the shop's two seconds are over ──▶ headline
for (const javaScriptEnabled of [true, false])
  test(`its place is there before the databases have answered, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({
    as,
    hurt,
  }) => {
    const { orderId } = await findOrderInProduction()
    const page = await as('support', { javaScriptEnabled })
    await hurt('shop', 'slow')
    const { status } = journeyPage(page)
    const place = page.getByText('The records are being read…')
    await page.goto(`/orders/${orderId}`, { waitUntil: 'commit' })

    if (javaScriptEnabled) {
      await expect(place).toBeVisible()
      await expect(page.getByRole('heading', { name: orderId })).toBeVisible()
      await expect(status).toHaveCount(0)
    }
    await expect(status).toHaveText('In production')
    await expect(status).toBeVisible()
    await expect(place).toBeHidden()
  })
