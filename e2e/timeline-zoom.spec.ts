import type { Page } from '@playwright/test'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { journeyPage } from './pages/journey-page'
import { timelineOf } from './pages/timeline'

type As = (who: string) => Promise<Page>

/** The timeline of an order in production, all of it in view. */
async function openTimeline(as: As) {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  await journeyPage(page).open(orderId)
  const timeline = timelineOf(page)
  await timeline.lanes.scrollIntoViewIfNeeded()
  return { orderId, page, timeline }
}

test('looks closer by wheel, moves aside, and comes back', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  const { lanes, window, reset } = timeline
  await expect(reset).toBeHidden()
  await expect(window).toHaveAttribute('aria-valuetext', /1 times enlarged/)

  const { x, y, width } = await timeline.box()
  await timeline.approach(x + width / 3, y + 40)
  await page.keyboard.down('Control')
  for (let i = 0; i < 6; i++) await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect(window).not.toHaveAttribute('aria-valuetext', /1 times enlarged/)
  await expect(lanes).toHaveAttribute('data-zoomed', 'true')
  await expect(page).toHaveURL(/from=[\d.]+&to=[\d.]+/)

  const before = await window.getAttribute('aria-valuetext')
  await page.mouse.down()
  await page.mouse.move(x + width / 3 - 160, y + 44, { steps: 8 })
  await page.mouse.up()
  await expect(window).not.toHaveAttribute('aria-valuetext', before ?? '')

  await reset.click()
  await expect(window).toHaveAttribute('aria-valuetext', /1 times enlarged/)
  await expect(page).not.toHaveURL(/from=/)
})

test('a plain wheel over the lanes scrolls the page and nothing else', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  const { x, y, width } = await timeline.box()
  await timeline.approach(x + width / 2, y + 40)
  const before = await page.evaluate(() => scrollY)
  await page.mouse.wheel(0, -120)
  await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(before)
  await expect(timeline.lanes).toHaveAttribute('data-zoomed', 'false')
})

test('brushes a stretch on the overview, drags the window and pulls its end', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  const { map, window } = timeline
  await map.scrollIntoViewIfNeeded()
  const box = await map.boundingBox()
  if (!box) throw new Error('The overview is not drawn')
  const middle = box.y + box.height / 2
  const at = (share: number) => box.x + box.width * share
  const drag = async (from: number, to: number) => {
    await timeline.approach(at(from), middle)
    await page.mouse.down()
    await page.mouse.move(at(to), middle, { steps: 6 })
    await page.mouse.up()
  }
  const place = async () => {
    const { left, width } = await window.evaluate((element) => ({
      left: Number.parseFloat(element.style.left),
      width: Number.parseFloat(element.style.width),
    }))
    return { left, right: left + width }
  }

  await drag(0.3, 0.5)
  await expect.poll(async () => Math.round((await place()).left)).toBe(30)
  expect(Math.round((await place()).right)).toBe(50)

  const brushed = await place()
  await drag(0.4, 0.5)
  await expect.poll(async () => (await place()).left).toBeGreaterThan(brushed.left + 4)

  const dragged = await place()
  await drag(dragged.right / 100, dragged.right / 100 + 0.1)
  await expect.poll(async () => (await place()).right).toBeGreaterThan(dragged.right + 4)
  expect(Math.abs((await place()).left - dragged.left)).toBeLessThan(1)
})

test('brushes a stretch on the time axis', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  const box = await timeline.axis.boundingBox()
  if (!box) throw new Error('The axis is not drawn')
  const y = box.y + box.height / 2
  await timeline.approach(box.x + box.width * 0.2, y)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width * 0.35, y, { steps: 6 })
  await page.mouse.up()
  await expect(timeline.lanes).toHaveAttribute('data-zoomed', 'true')
})

test('needs no pointer', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  const { window } = timeline
  const text = () => window.getAttribute('aria-valuetext')
  const press = async (key: string) => {
    const before = await text()
    await page.keyboard.press(key)
    await expect.poll(text).not.toBe(before)
  }
  for (const key of ['+', '+', '+', 'd', 'a', '-', '0']) await press(key)
  await expect(window).toHaveAttribute('aria-valuetext', /1 times enlarged/)

  await window.focus()
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowLeft', 'ArrowDown']) await press(key)
  await page.keyboard.press('0')
  await expect(window).toHaveAttribute('aria-valuetext', /1 times enlarged/)

  await page
    .getByRole('combobox')
    .or(page.getByRole('searchbox'))
    .or(page.getByRole('textbox'))
    .first()
    .focus()
  await page.keyboard.type('+a')
  await expect(window).toHaveAttribute('aria-valuetext', /1 times enlarged/)
})

test('the keys have a sheet, and who does not want them switches them off', async ({ as }) => {
  const { page, timeline } = await openTimeline(as)
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard' })
  await expect(sheet).toContainText('Zoom in and out')
  await sheet.getByRole('checkbox', { name: /Keys without Ctrl/ }).uncheck()
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.keyboard.press('+')
  await page.keyboard.press('?')
  await expect(sheet).toBeHidden()
  await expect(timeline.lanes).toHaveAttribute('data-zoomed', 'false')

  await page.getByRole('button', { name: 'Keyboard shortcuts' }).click()
  await sheet.getByRole('checkbox', { name: /Keys without Ctrl/ }).check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('+')
  await expect(timeline.lanes).toHaveAttribute('data-zoomed', 'true')
})

test('two fingers look closer on a phone', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
  })
  await journeyPage(page).open(orderId)
  const timeline = timelineOf(page)
  await timeline.lanes.scrollIntoViewIfNeeded()
  const { x, y, width } = await timeline.box()
  const touch = await page.context().newCDPSession(page)
  const fingers = (apart: number) =>
    [-1, 1].map((side, id) => ({ x: x + width / 2 + (side * apart) / 2, y: y + 50, id }))
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', apart: number) =>
    touch.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: type === 'touchEnd' ? [] : fingers(apart),
    })
  await expect(async () => {
    await send('touchStart', 40)
    for (let apart = 50; apart <= 150; apart += 20) await send('touchMove', apart)
    await send('touchEnd', 150)
    await expect(timeline.lanes).toHaveAttribute('data-zoomed', 'true', { timeout: 1_000 })
  }).toPass()
})
