import type { Page } from '@playwright/test'
import { ask, cookieOf } from './demo'
import { findOrderInProduction } from './find-order'
import { expect, test } from './fixtures'
import { header } from './pages/header'

type Chosen = { readonly locale: string; readonly theme: string; readonly timeZone: string }

const OWN: Chosen = { locale: 'en', theme: 'system', timeZone: 'Europe/Moscow' }

for (const javaScriptEnabled of [true, false])
  test(`in the menu, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async ({ as }) => {
    const { orderId, since } = await findOrderInProduction()
    const page = await as('pavel', { javaScriptEnabled })
    await page.goto(`/orders/${orderId}?tab=history`)
    await choose(page, { locale: 'ru', theme: 'dark', timeZone: 'Asia/Yekaterinburg' })

    await expect(page).toHaveURL(`/orders/${orderId}?tab=history`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'ru')
    await expect(page.locator('html')).toHaveClass(/theme-dark/)
    const ground = await page
      .locator('html')
      .evaluate((html) => getComputedStyle(html).backgroundColor)
    expect(ground).toBe('rgb(14, 20, 19)')
    const main = page.getByRole('main')
    await expect(main.getByRole('region', { name: `Заказ ${orderId}` }).first()).toContainText(
      'В производстве',
    )
    await expect(main).toContainText('UTC+5')
    await expect(main).toContainText(clockIn('Asia/Yekaterinburg', since))

    await choose(page, OWN)
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await expect(main).toContainText(clockIn('Europe/Moscow', since))
  })

test('and they hold in another browser, before its first byte', async ({ as }) => {
  const page = await as('pavel')
  await page.goto('/')
  await choose(page, { locale: 'ru', theme: 'light', timeZone: 'UTC' })

  const answer = await ask('/', { cookie: await cookieOf('pavel'), 'accept-language': 'en' })
  expect(await answer.text()).toMatch(/^<!DOCTYPE html><html lang="ru" class="theme-light /)

  await choose(page, OWN)
  const after = await ask('/', { cookie: await cookieOf('pavel'), 'accept-language': 'ru' })
  expect(await after.text()).toMatch(/^<!DOCTYPE html><html lang="en" class="theme-system /)
})

test('a wrong time zone is refused, and changes nothing', async ({ as }) => {
  const page = await as('pavel')
  const form = { locale: 'en', theme: 'dark', timeZone: 'Mars/Olympus', back: '/' }
  const { origin } = new URL((await page.goto('/'))?.url() ?? '')
  const refused = await page.request.post('/api/preferences', {
    form,
    headers: { origin },
    maxRedirects: 0,
  })
  expect(refused.status()).toBe(400)
  await page.reload()
  await expect(page.locator('html')).toHaveClass(/theme-system/)
})

test('a stranger’s browser decides until somebody signs in', async () => {
  const russian = await ask('/signin', { 'accept-language': 'ru-RU,ru;q=0.9' })
  expect(await russian.text()).toContain('<html lang="ru" class="theme-system ')
  const english = await ask('/signin', {
    'accept-language': 'ru',
    cookie: `oj-preferences=${encodeURIComponent('en/dark/UTC')}`,
  })
  expect(await english.text()).toContain('<html lang="en" class="theme-dark ')
})

test('a dark device sees dark pages, a light one light pages', async ({ as }) => {
  const page = await as('support', { colorScheme: 'dark' })
  const ground = () =>
    page.locator('html').evaluate((html) => getComputedStyle(html).backgroundColor)
  await page.goto('/')
  expect(await ground()).toBe('rgb(14, 20, 19)')
  await page.emulateMedia({ colorScheme: 'light' })
  expect(await ground()).toBe('rgb(244, 246, 244)')
})

async function choose(page: Page, { locale, theme, timeZone }: Chosen): Promise<void> {
  const menu = header(page)
  await menu.openMenu()
  await menu.language.selectOption(locale)
  await menu.theme.selectOption(theme)
  await menu.timeZone.fill(timeZone)
  const kept = page.waitForResponse('**/api/preferences')
  await menu.save.click()
  expect((await kept).status()).toBe(303)
  await page.waitForLoadState()
}

const clockIn = (timeZone: string, at: Date) =>
  at.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
