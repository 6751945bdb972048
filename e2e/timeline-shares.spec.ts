import { inject } from './demo'
import { findOrderInProduction, readJourney } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { timelineOf } from './pages/timeline'

test('unfolds one idle stretch, and it stays so for a colleague', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const { folds, toScale, foldAll } = timelineOf(page)
  const count = await folds.count()
  expect(count).toBeGreaterThan(1)
  const first = (await folds.first().getAttribute('aria-label')) ?? ''
  expect(first).toMatch(/(customer|systems|seller|operator|carrier|not known)/)

  await folds.first().click()
  await expect(folds).toHaveCount(count - 1)
  await expect(page).toHaveURL(/unfold=\d+/)

  const colleague = await as('developer')
  await colleague.goto(page.url())
  await journeyPage(colleague).complete()
  await expect(timelineOf(colleague).folds).toHaveCount(count - 1)

  await toScale.click()
  await expect(folds).toHaveCount(0)
  await expect(page).toHaveURL(/unfold=all/)
  await foldAll.click()
  await expect(folds).toHaveCount(count)
  await expect(page).not.toHaveURL(/unfold/)
})

test('opens a lane, and its link shows every span of it', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const { opener, lanes } = timelineOf(page)
  const { height } = await timelineOf(page).box()
  await opener('Production system \\(MES\\)').click()
  await expect(opener('Production system \\(MES\\)')).toHaveAttribute('aria-expanded', 'true')
  await expect(page).toHaveURL(/lanes=mes/)

  await page.reload()
  await journeyPage(page).complete()
  await expect(opener('Production system \\(MES\\)')).toHaveAttribute('aria-expanded', 'true')
  await opener('Production system \\(MES\\)').press('Enter')
  await expect(opener('Production system \\(MES\\)')).toHaveAttribute('aria-expanded', 'false')
  await expect.poll(async () => (await lanes.boundingBox())?.height).toBe(height)
})

test('a link shows exactly what was seen', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const timeline = timelineOf(page)
  await timeline.lanes.scrollIntoViewIfNeeded()
  for (const key of ['+', '+', 'd']) await page.keyboard.press(key)
  await timeline.opener('Shop').click()
  await expect(page).toHaveURL(/lanes=shop/)
  await expect(page).toHaveURL(/from=/)
  const seen = async (of: typeof timeline) => {
    const window = toLeft((await of.window.getAttribute('style')) ?? '')
    const marks = await of.region
      // Its queues are read anew for each of them.
      .locator('[data-mark]:not([data-mark^="rabbitmq:"])')
      .evaluateAll((all) =>
        all.map((mark) => [mark.getAttribute('data-mark'), mark.getAttribute('style')] as const),
      )
    return { window, marks: marks.map(([id, style]) => ({ id, left: toLeft(style ?? '') })) }
  }

  const colleague = await as('support')
  await colleague.goto(page.url())
  await journeyPage(colleague).complete()
  const [mine, theirs] = [await seen(timeline), await seen(timelineOf(colleague))]
  expect(theirs.marks.map(({ id }) => id)).toEqual(mine.marks.map(({ id }) => id))
  // Where the last stretch is not folded it has grown by the seconds in between.
  expect(Math.abs(theirs.window - mine.window)).toBeLessThan(SECONDS)
  for (const [at, { id, left }] of theirs.marks.entries())
    expect(Math.abs(left - (mine.marks[at]?.left ?? -1)), id ?? '').toBeLessThan(SECONDS)
})

test('a host that keeps a wrong time is seen by either clock, and how wrong it is', async ({
  as,
}) => {
  const page = await as('support')
  await journeyPage(page).open(await inject('skew'))
  const { clock, region } = timelineOf(page)
  const hops = region.getByRole('region', { name: 'Differences between clocks' })
  await expect(clock).toHaveAttribute('aria-checked', 'false')
  await expect(hops).toHaveCount(0)
  await clock.click()
  await expect(clock).toHaveAttribute('aria-checked', 'true')
  await expect(hops).toContainText(/Production system \(MES\)\s\+1\smin\s(29|30)/)
  await expect(page).toHaveURL(/clock=adjusted/)
  await clock.click()
  await expect(hops).toHaveCount(0)
  await expect(page).not.toHaveURL(/clock=/)
})

test('says why there is nothing to adjust about the clocks', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const { facts } = await readJourney(orderId)
  const { clock, region } = timelineOf(page)
  const moved = facts.some((fact) => fact.kind === 'span' && fact.clockShift !== 0)
  await expect(clock).toHaveAttribute('aria-disabled', String(!moved))
  await expect(clock).toHaveAttribute('aria-checked', 'false')
  if (moved) {
    await clock.click()
    await expect(page).toHaveURL(/clock=adjusted/)
    await expect(region.getByRole('region', { name: 'Differences between clocks' })).toBeVisible()
  } else {
    await expect(clock).toHaveAccessibleDescription(/The clocks agree/)
    await clock.press('Enter')
    await expect(page).not.toHaveURL(/clock/)
  }
})

test('takes the table along', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { permissions: ['clipboard-read', 'clipboard-write'] })
  await journeyPage(page).open(orderId)
  const { facts } = await readJourney(orderId)
  await page.getByText('The same facts as a table').click()
  const table = page.getByRole('table', { name: 'The same facts as a table' })
  await expect(table).toHaveAttribute('aria-rowcount', String(facts.length + 1))
  await expect(table.getByRole('columnheader')).toContainText(['Time', 'After', 'System'])

  await page.getByRole('button', { name: 'Copy the table' }).click()
  await expect(page.getByText('Copied')).toBeVisible()
  const rows = (await page.evaluate(() => navigator.clipboard.readText())).split('\r\n')
  expect(rows).toHaveLength(facts.length + 1)
  const widths = new Set(rows.map((row) => row.split('\t').length))
  expect(widths.size).toBe(1)

  await table.getByRole('row').nth(1).getByRole('button').click()
  await expect(journeyPage(page).details).toBeVisible()
})

/** In hundredths of the axis. */
const SECONDS = 2

const toLeft = (style: string): number =>
  Number(/left: (?:calc\()?(-?[\d.]+)%/.exec(style)?.[1] ?? Number.NaN)
