import { parseJourney } from '@/lib/contract/journey'
import { inject } from './demo'
import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

test('sees the stages, the lanes and the waits between them', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { stages, lane, marks, timeline, tab } = journeyPage(page)
  await journeyPage(page).open(orderId)

  const journey = await readJourney(orderId)
  await expect(stages).toHaveCount(journey.stages.length + journey.coming.length)
  await expect(stages.filter({ hasText: 'In production' }).getByRole('link')).toHaveAttribute(
    'aria-current',
    'step',
  )
  await expect(stages.filter({ hasText: /still to come|next/ })).toHaveText([
    /Made/,
    /Being packed/,
    /Shipped/,
    /Closed/,
  ])

  await expect(timeline.getByRole('list').first().getByRole('listitem')).toHaveCount(
    journey.lanes.length,
  )
  await expect(lane('Shop')).toContainText('traces and database')
  await expect(lane('Production system (MES)')).toContainText('traces and database')
  expect(await marks.count()).toBeGreaterThan(8)

  // Shop to CRM to MES, and what MES said back: each arrow has its wait.
  const waits = timeline.getByTitle(/→ .*: arrived/)
  await expect(waits.first()).toHaveText(/\d+\s(ms|s|min)/)
  expect(await waits.count()).toBeGreaterThanOrEqual(2)
  await expect(tab('Traces')).toContainText(String(journey.traces.length))
})

test('asks what one mark is, and sends the answer to a colleague', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const journey = journeyPage(page)
  await journey.open(orderId)
  const { facts } = await readJourney(orderId)
  const start = facts.find(
    (fact) => fact.kind === 'change' && fact.status === 'MANUFACTURING_STARTED',
  )
  const id = start?.id ?? ''

  await journey.mark(id).click()
  await expect(journey.details).toContainText('In production')
  await expect(journey.details).toContainText('Order database: Production system (MES)')
  await expect(journey.mark(id)).toHaveAttribute('aria-pressed', 'true')
  expect(new URL(page.url()).searchParams.get('fact')).toBe(id)

  const colleague = await as('developer')
  await colleague.goto(page.url())
  await journeyPage(colleague).complete()
  await expect(journeyPage(colleague).details.getByRole('heading')).toHaveText(
    await journey.details.getByRole('heading').innerText().then(toPattern),
  )

  await journey.details.getByRole('button', { name: 'Close' }).click()
  await expect(journey.details).toBeHidden()
  expect(new URL(page.url()).search).toBe('')
})

test('comes from a stage to its first fact', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { stages, details } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await stages.filter({ hasText: 'Price calculated' }).getByRole('link').click()
  await expect(details.getByRole('heading')).toContainText('Price calculated')
})

test('turns to the history and the traces, each with an address', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const journey = journeyPage(page)
  await journey.open(orderId)
  const { facts, traces } = await readJourney(orderId)

  await journey.tab('History').click()
  await expect(page).toHaveURL(`/orders/${orderId}?tab=history`)
  await expect(journey.history.getByRole('row')).toHaveCount(
    // Neither spans nor what was merely read are events; a file that is there was stored once.
    1 + facts.filter(({ kind }) => !['span', 'queue', 'counter'].includes(kind)).length,
  )
  await journey.tab('Traces').click()
  await expect(page).toHaveURL(`/orders/${orderId}?tab=traces`)
  await expect(journey.traces.getByRole('row')).toHaveCount(1 + traces.length)

  await page.reload()
  await expect(journey.traces).toBeVisible()
  await expect(journey.tab('Traces')).toHaveAttribute('aria-current', 'page')
})

test('reads the same facts as a table', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  await page.getByText('The same facts as a table').click()
  const { facts } = await readJourney(orderId)
  const table = page.getByRole('region', { name: 'The same facts as a table' })
  await expect(table.getByRole('row')).toHaveCount(1 + facts.length)
})

test('takes the whole of it as JSON', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const address = await journeyPage(page).json.getAttribute('href')
  await journeyPage(page).json.click()
  await expect(page).toHaveURL(`/api/orders/${orderId}/journey`)

  const shown = parseJourney(JSON.parse(await page.locator('body').innerText()))
  const asked = await readJourney(orderId, 'support')
  expect(address).toBe(`/api/orders/${orderId}/journey`)
  expect(shown.orderId).toBe(orderId)
  expect(shown.facts).toEqual(asked.facts)
  expect(shown.stages.map(({ status }) => status)).toEqual(asked.stages.map(({ status }) => status))
})

test('asks again, and sees as of when', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { headline } = journeyPage(page)
  await journeyPage(page).open(orderId)
  const asOf = headline.getByRole('status')
  const before = await asOf.innerText()
  // It is said to the second, and a second may not have passed.
  await expect(async () => {
    const answered = page.waitForResponse(`**/api/orders/${orderId}/journey`)
    await headline.getByRole('button', { name: 'Refresh' }).click()
    expect((await answered).status()).toBe(200)
    await expect(asOf).not.toHaveText(before, { timeout: 500 })
  }).toPass()
})

test('sees that an order is far over its limit, and which message failed', async ({ as }) => {
  const orderId = await inject('FP-05')
  const page = await as('support')
  const { headline, marks } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await expect(headline).toContainText(/Later than planned|Far over the limit/)
  const journey = await readJourney(orderId)
  const letter = journey.facts.find(({ kind }) => kind === 'dead-letter')
  expect(letter).toBeDefined()
  await expect(marks.and(page.getByRole('button', { name: /message set aside/ }))).not.toHaveCount(
    0,
  )
})

const toPattern = (text: string) =>
  new RegExp(text.replaceAll(/\s+/g, '\\s*').replaceAll(/[()]/g, '\\$&'))
