import type { Page } from '@playwright/test'
import { findOrderInProduction } from './find-order'
import { carry, expect, test } from './fixtures'

// Pictures to look at, of every screen in both themes, languages and widths. Nothing is compared with them.
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['en', 'ru'] as const)
    test(`screens: ${theme}, ${locale}`, async ({ as, stranger, announce }, info) => {
      announce(/status of (400|403|404)/)
      const { orderId } = await findOrderInProduction()
      const screens = [
        ['look-up', 'denis', '/'],
        ['invalid', 'denis', '/?q=nonsense'],
        ['journey', 'denis', `/orders/${orderId}`],
        ['history', 'denis', `/orders/${orderId}?tab=history`],
        ['traces', 'denis', `/orders/${orderId}?tab=traces`],
        ['details', 'denis', `/orders/${orderId}?fact=row:mes:mes`],
        ['journey-manager', 'irina', `/orders/${orderId}`],
        ['unknown', 'denis', '/orders/ORD-999999'],
        ['no-role', 'nora', '/no-role'],
        ['sign-in', null, '/signin?ended=1'],
      ] as const
      const preferences = `oj-preferences=${encodeURIComponent(`${locale}/${theme}/Europe/Moscow`)}`
      const pages = new Map<string | null, Page>()
      for (const [name, who, address] of screens) {
        const page = pages.get(who) ?? (await (who ? as(who) : stranger()))
        pages.set(who, page)
        await carry(page, preferences)
        await page.goto(address)
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        for (const [size, viewport] of Object.entries(SIZES)) {
          await page.setViewportSize(viewport)
          const path = info.outputPath(`${name}-${theme}-${locale}-${size}.png`)
          await page.screenshot({ path, fullPage: true })
        }
      }
    })
