import fs from 'node:fs'
import type { Page } from '@playwright/test'
import { inject, setSource } from './demo'
import { findOrder, findOrderInProduction, findPartnerNumber, findSharedTrace } from './find-order'
import { carry, expect, test } from './fixtures'
import { cookieFor } from './http/asked'

// Pictures to look at, of every screen in both themes, languages and widths. Nothing is compared with them.
const SIZES = { wide: { width: 1280, height: 900 }, narrow: { width: 390, height: 844 } }

type Screen = readonly [
  name: string,
  who: string | null,
  address: string,
  before?: () => Promise<void>,
]

/** Somebody who is a partner and of the staff, whom the policy gives no right at all. */
const BOTH = 'both'

/** The same orders in every picture of a run. */
let screens: readonly Screen[] = []

test.beforeAll(async () => {
  test.setTimeout(120_000)
  const { orderId } = await findOrderInProduction()
  const late = await inject('FP-03')
  const waiting = await injectWaiting()
  const traced = await inject('only-traces')
  const partner = await inject('only-mes')
  const old = await inject('year-old')
  const twice = await inject('duplicate')
  const skewed = await inject('skew')
  const closed = await findOrder({ status: 'CLOSED', system: 'crm' })
  const { traceId } = await findSharedTrace()
  screens = [
    ['look-up', 'denis', '/'],
    ['invalid', 'denis', '/?q=nonsense'],
    ['candidates', 'denis', `/?q=${traceId}`],
    ['journey', 'denis', `/orders/${orderId}`],
    ['history', 'denis', `/orders/${orderId}?tab=history&fact=row:mes:mes`],
    ['traces', 'denis', `/orders/${orderId}?tab=traces`],
    ['details', 'denis', `/orders/${orderId}?fact=row:mes:mes`],
    ['stage', 'denis', `/orders/${orderId}?stage=MANUFACTURING_APPROVED`],
    ['late', 'denis', `/orders/${late}`],
    ['waiting', 'denis', `/orders/${waiting}`],
    ['closed', 'denis', `/orders/${closed.orderId}`],
    ['only-traces', 'denis', `/orders/${traced}`],
    ['only-mes', 'denis', `/orders/${partner}`],
    ['year-old', 'denis', `/orders/${old}`],
    ['duplicate', 'denis', `/orders/${twice}`],
    ['partner-number', 'denis', `/?q=${await findPartnerNumber(twice)}`],
    ['clocks-adjusted', 'denis', `/orders/${skewed}?clock=adjusted`],
    ['journey-manager', 'irina', `/orders/${orderId}`],
    ['traces-manager', 'irina', `/orders/${orderId}?tab=traces`],
    ['unknown', 'denis', '/orders/ORD-999999'],
    ['page-unknown', 'denis', '/nowhere'],
    ['no-role', 'nora', '/no-role'],
    ['not-allowed', BOTH, `/orders/${orderId}`],
    ['fault', 'oleg', `/orders/${orderId}`],
    ['sign-in', null, '/signin?ended=1'],
    ['production-silent', 'denis', `/orders/${orderId}`, () => setSource('mes', 'down')],
    ['unknown-silent', 'denis', '/orders/ORD-999998'],
  ]
})

for (const theme of ['light', 'dark'] as const)
  for (const locale of ['en', 'ru'] as const)
    test(`screens: ${theme}, ${locale}`, async ({ as, stranger, announce, heal }, info) => {
      test.setTimeout(240_000)
      announce(
        /status of (400|403|404|503)/, // React's words for an answer that broke off.
        /React error #412/,
      )
      const preferences = `oj-preferences=${encodeURIComponent(`${locale}/${theme}/Europe/Moscow`)}`
      const pages = new Map<string | null, Page>()
      const open = async (who: string | null) => {
        const page = await (who && who !== BOTH ? as(who) : stranger())
        if (who === BOTH) await carry(page, await cookieFor({ roles: ['support', 'partner'] }))
        return page
      }
      for (const [name, who, address, before] of screens) {
        await before?.()
        const page = pages.get(who) ?? (await open(who))
        if (name === 'fault') await breakOff(page)
        pages.set(who, page)
        await carry(page, preferences)
        await page.goto(address)
        await expect(page.locator('html')).toHaveAttribute('lang', locale)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await expect(page.getByText(comingIn(locale))).toHaveCount(0)
        for (const [size, viewport] of Object.entries(SIZES)) {
          await page.setViewportSize(viewport)
          const path = info.outputPath(`${name}-${theme}-${locale}-${size}.png`)
          await page.screenshot({ path, fullPage: true })
        }
        if (name === 'journey') await takePaper(page, (end) => info.outputPath(`paper-${end}`))
      }
      await heal()
    })

/** Lets the page of an order break off when its first part has come: the rest of it is lost. */
async function breakOff(page: Page): Promise<void> {
  await page.route('**/orders/*', async (route) => {
    const response = await route.fetch()
    const whole = await response.text()
    await route.fulfill({ response, body: whole.slice(0, whole.lastIndexOf('<script')) })
  })
}

/** An order that waits for a person for too long; whom there is to wait for depends on the day and the hour. */
async function injectWaiting(): Promise<string> {
  for (const variant of ['seller', 'operator', 'production', 'packing', 'carrier']) {
    const orderId = await inject('FP-09', '--variant', variant).catch(() => null)
    if (orderId) return orderId
  }
  throw new Error('Nobody is waited for')
}

/** The words that stand on a page until its traces are in. */
const comingIn = (locale: string): string =>
  JSON.parse(fs.readFileSync(`messages/${locale}.json`, 'utf8')).headline.tracesComing

/** The page of paper, as a document and as a picture of its width. */
async function takePaper(page: Page, toPath: (end: string) => string): Promise<void> {
  await page.pdf({ path: toPath('a4.pdf'), preferCSSPageSize: true, printBackground: true })
  await page.setViewportSize({ width: 710, height: 1047 })
  await page.emulateMedia({ media: 'print' })
  await page.screenshot({ path: toPath('a4.png') })
  await page.emulateMedia({ media: null })
}
