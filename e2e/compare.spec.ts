import { findOrder, findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'

test('holds an order against one that has ended, stage by stage', async ({ as, announce }) => {
  announce(/status of 404/)
  const { orderId } = await findOrderInProduction()
  const other = (await findOrder({ status: 'CLOSED', system: 'crm' })).orderId
  const page = await as('support')
  const journey = journeyPage(page)
  await journey.open(orderId)
  await journey.tab('Compare').click()
  const comparison = page.getByRole('region', { name: 'Compare with another order' })
  const rows = comparison.getByRole('row')
  await expect(comparison).toContainText('No history yet')

  const choose = async (id: string) => {
    await comparison.getByRole('textbox').fill(id)
    await comparison.getByRole('button', { name: 'Compare', exact: true }).click()
  }
  await choose('ORD-999999')
  await expect(comparison).toContainText('No order with this number is known.')
  await choose(orderId)
  await expect(comparison).toContainText('This is the same order.')

  // However it is typed, and as an address for a colleague.
  await choose(` ${other.toLowerCase()} `)
  await expect(page).toHaveURL(`/orders/${orderId}?tab=compare&compare=${other.toLowerCase()}`)
  await expect(rows.first()).toContainText(other)
  await expect(rows.filter({ hasText: 'In production' })).toContainText('so far')
  await expect(rows.filter({ hasText: 'Shipped' })).toContainText('not yet')
  await expect(rows.filter({ hasText: 'Closed' })).toContainText('the end')
  expect(await comparison.getByText('They part here').count()).toBeLessThanOrEqual(1)
  await page.reload()
  await expect(rows.first()).toContainText(other)
})
