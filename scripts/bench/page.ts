import fs from 'node:fs'
import zlib from 'node:zlib'
import { type Browser, chromium, type Page } from '@playwright/test'
import type { House } from '@/e2e/http/house'
import { atMost, type Figure, median, note } from './figure'

type Bench = {
  readonly house: House
  readonly cookie: string
  /** Orders of 2,000 spans, and of 20,000, never asked for before. */
  readonly usual: readonly string[]
  readonly large: readonly string[]
}

type Seen = { readonly firstPaint: number; readonly complete: number }

/** The order page as Chromium shows it, on the cores that serve it. */
export async function measurePage({
  house,
  cookie,
  usual,
  large,
}: Bench): Promise<readonly Figure[]> {
  const executablePath = process.env.CHROMIUM_PATH
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
  })
  try {
    await show(browser, house, cookie, usual[0] ?? '')
    const small: Seen[] = []
    for (const orderId of usual.slice(1)) small.push(await show(browser, house, cookie, orderId))
    const big: Seen[] = []
    for (const orderId of large.slice(1)) big.push(await show(browser, house, cookie, orderId))
    const frames = await zoom(browser, house, cookie, large[0] ?? '')
    note(`zooming: ${frames.count} frames, median ${frames.median.toFixed(1)} ms`)
    return [
      atMost(
        'first contentful paint',
        median(small.map(({ firstPaint }) => firstPaint)) / 1_000,
        0.3,
        's',
      ),
      atMost(
        'complete, 2,000 spans',
        median(small.map(({ complete }) => complete)) / 1_000,
        1.5,
        's',
      ),
      atMost('complete, 20,000 spans', median(big.map(({ complete }) => complete)) / 1_000, 3, 's'),
      atMost('worst frame while zooming 20,000 spans', frames.worst, 32, 'ms'),
      atMost(
        'first-load JavaScript above a bare page, gzip',
        await weigh(browser, house, cookie, usual[0] ?? ''),
        80,
        'kB',
      ),
    ]
  } finally {
    await browser.close()
  }
}

async function openPage(browser: Browser, { baseUrl }: House, cookie: string): Promise<Page> {
  const [name = '', value = ''] = cookie.split(/=(.*)/s)
  const context = await browser.newContext({ viewport: { width: 1_440, height: 1_000 } })
  await context.addCookies([{ name, value, url: baseUrl }])
  return context.newPage()
}

const COMPLETE = '[data-journey="complete"]'

async function show(
  browser: Browser,
  house: House,
  cookie: string,
  orderId: string,
): Promise<Seen> {
  const page = await openPage(browser, house, cookie)
  await page.addInitScript({ content: MARK_COMPLETE })
  await page.goto(`${house.baseUrl}/orders/${orderId}`)
  await page.waitForFunction(() => performance.getEntriesByName('complete').length > 0)
  const seen = await page.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
    complete: performance.getEntriesByName('complete')[0]?.startTime ?? Number.NaN,
  }))
  await page.context().close()
  return seen
}

// As text, because what compiles this file leaves helpers in functions that a page does not have.
const MARK_COMPLETE = `(() => {
  const look = () =>
    document.querySelector('${COMPLETE}') ? performance.mark('complete') : requestAnimationFrame(look)
  look()
})()`

const TURN_WHEEL = `(async () => {
  const steps = 60
  const target = document.querySelector('[data-zone="lanes"]')
  const { left, top, width } = target.getBoundingClientRect()
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const gaps = []
  let last = await frame()
  for (let step = 0; step < steps; step += 1) {
    target.dispatchEvent(
      new WheelEvent('wheel', {
        bubbles: true,
        cancelable: true,
        ctrlKey: true,
        clientX: left + width * 0.6,
        clientY: top + 20,
        deltaY: step < steps / 2 ? -120 : 120,
      }),
    )
    const now = await frame()
    gaps.push(now - last)
    last = now
  }
  return gaps
})()`

/** Turns the wheel over the timeline once a frame, in and out again. */
async function zoom(browser: Browser, house: House, cookie: string, orderId: string) {
  const page = await openPage(browser, house, cookie)
  await page.goto(`${house.baseUrl}/orders/${orderId}`)
  await page.locator(COMPLETE).waitFor()
  await page.locator('[data-zone="lanes"]').hover() // It listens from then on.
  await page.waitForTimeout(5_000)
  const times = await page.evaluate<number[]>(TURN_WHEEL)
  await page.context().close()
  return { worst: Math.max(...times), median: median(times), count: times.length }
}

/** What the first load brings, without the polyfills that modern browsers skip, above what every page of this Next brings. */
async function weigh(
  browser: Browser,
  house: House,
  cookie: string,
  orderId: string,
): Promise<number> {
  const page = await openPage(browser, house, cookie)
  const later = new Set<string>()
  page.on('response', (response) => {
    const { pathname } = new URL(response.url())
    if (pathname.endsWith('.js')) later.add(pathname)
  })
  const html = await (await page.goto(`${house.baseUrl}/orders/${orderId}`))?.text()
  await page.locator(COMPLETE).waitFor()
  await page.waitForTimeout(2_000)
  await page.context().close()
  const first = new Set(
    [...`${html}`.matchAll(/<script(?![^>]*noModule)[^>]*src="([^"?]+)/g)].map(
      ([, path]) => path ?? '',
    ),
  )

  const { rootMainFiles } = JSON.parse(fs.readFileSync('.next/build-manifest.json', 'utf8'))
  const sizeOf = (file: string) => zlib.gzipSync(fs.readFileSync(`.next/${file}`)).length / 1_000
  const bare = rootMainFiles.reduce((sum: number, file: string) => sum + sizeOf(file), 0)
  const sum = (paths: Iterable<string>) =>
    [...paths].reduce((total, path) => total + sizeOf(path.replace('/_next/', '')), 0)
  const all = sum(first)
  note(
    `JavaScript that the order page names ${all.toFixed(1)} kB, of a bare page ${bare.toFixed(1)} kB`,
  )
  note(`two seconds later it has fetched ${(sum(later) - all).toFixed(1)} kB more`)
  return all - bare
}
