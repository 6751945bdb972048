import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { inject } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { header } from './pages/header'
import { journeyPage } from './pages/journey-page'
import { lookUpPage } from './pages/look-up-page'

test('an order is readable by everybody', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { colorScheme: 'light' })
  const journey = journeyPage(page)
  await openEverything(page, orderId)
  await header(page).openMenu()
  expect(await findViolations(page)).toEqual([])
  await header(page).openMenu()
  for (const tab of ['History', 'Traces', 'Compare']) {
    await journey.tab(tab).click()
    expect(await findViolations(page)).toEqual([])
  }
})

test('an order is readable in the dark', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { colorScheme: 'dark' })
  await openEverything(page, orderId)
  await header(page).openMenu()
  expect(await findViolations(page, rulesFor('dark'))).toEqual([])
})

test('an order is readable on a phone', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support', { viewport: { width: 390, height: 844 } })
  await openEverything(page, orderId)
  expect(await findViolations(page)).toEqual([])
})

/** Made once: they are looked at in both colours. */
const inStates = new Map<string, Promise<string>>()

function findInState(state: string): Promise<string> {
  const known = inStates.get(state) ?? inject(state)
  inStates.set(state, known)
  return known
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`an order in an unusual state is readable by everybody: ${colorScheme}`, async ({
    as,
    announce,
  }) => {
    announce(/status of 404/)
    const page = await as('support', { colorScheme })
    const { stages, stageDetails } = journeyPage(page)
    const rules = rulesFor(colorScheme)
    for (const state of ['only-traces', 'only-mes', 'year-old', 'FP-03']) {
      await journeyPage(page).open(await findInState(state))
      expect(await findViolations(page, rules), state).toEqual([])
    }
    await stages.first().getByRole('link').click()
    await expect(stageDetails).toBeVisible()
    expect(await findViolations(page, rules)).toEqual([])
    await page.emulateMedia({ media: 'print' })
    expect(await findViolations(page, rules)).toEqual([])
  })

for (const colorScheme of ['light', 'dark'] as const)
  test(`the other pages are readable by everybody: ${colorScheme}`, async ({
    as,
    stranger,
    announce,
  }) => {
    announce(/status of (400|403|404)/)
    const page = await as('support', { colorScheme })
    const rules = rulesFor(colorScheme)
    for (const address of ['/', '/?q=nonsense', '/orders/ORD-999999', '/nowhere']) {
      await page.goto(address)
      expect(await findViolations(page, rules), address).toEqual([])
    }
    const outside = await stranger({ colorScheme })
    await outside.goto('/signin?ended=1')
    expect(await findViolations(outside, rules)).toEqual([])
    const noRole = await as('none', { colorScheme })
    await noRole.goto('/no-role')
    expect(await findViolations(noRole, rules)).toEqual([])
  })

test('the way to an answer and its details needs no pointer', async ({ as }) => {
  const { orderId } = await findOrderInProduction()
  const page = await as('support')
  const { complete, details, marks, status } = journeyPage(page)
  const { keyboard } = page
  await lookUpPage(page).open()
  await keyboard.type(orderId)
  await keyboard.press('Enter')
  await expect(page).toHaveURL(`/orders/${orderId}`)
  await complete()
  await expect(status).toHaveText('In production')

  await keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused()
  await keyboard.press('Enter')
  await expect(page.getByRole('main')).toBeFocused()
  await keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Refresh' })).toBeFocused()

  await tabTo(page, '[data-mark]')
  const entry = await focusedMark(page)
  await keyboard.press('ArrowRight')
  const second = await focusedMark(page)
  expect(second).not.toBe(entry)
  await keyboard.press('ArrowDown')
  expect(await focusedMark(page)).not.toBe(second)
  await keyboard.press('Enter')
  await expect(details).toBeVisible()
  await expect(marks.and(page.locator(':focus'))).toHaveAttribute('aria-pressed', 'true')
  await keyboard.press('Escape')
  await expect(details).toBeHidden()
})

/** The timeline with a pinned span, and the same facts as a table. */
async function openEverything(page: Page, orderId: string): Promise<void> {
  const { marks, details } = journeyPage(page)
  await journeyPage(page).open(orderId)
  await marks.and(page.locator('.span-bar')).first().click()
  await expect(details).toBeVisible()
  await page.getByText('The same facts as a table').click()
}

/** In the dark the elements are the same: only their colours differ. */
const rulesFor = (colorScheme: 'light' | 'dark') =>
  colorScheme === 'dark' ? ['color-contrast'] : []

/** With all rules of axe, or only these. */
async function findViolations(page: Page, rules: readonly string[] = []) {
  // There are no frames here, so that no second page is needed to put the parts together.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (rules.length > 0 ? axe.withRules([...rules]) : axe).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}

const focusedMark = (page: Page) => page.locator('[data-mark]:focus').getAttribute('data-mark')

/** Presses Tab until the focus is there; marks are one stop, so that it is never far. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    if (await page.locator(`${selector}:focus`).count()) return
  }
  throw new Error(`${selector} cannot be reached`)
}
