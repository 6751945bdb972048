import { env } from 'node:process'
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Page,
} from '@playwright/test'
import { cookieOf, readDemo, SOURCES, type Source, setSource } from './demo'
import { findOrderInProduction, readJourney } from './find-order'
import { takeTurn } from './turn'

type Fixtures = {
  /** A browser of its own for somebody who is not signed in. */
  readonly stranger: (options?: BrowserContextOptions) => Promise<Page>
  /** A browser of its own for somebody with this role, or this login, who is signed in. */
  readonly as: (who: string, options?: BrowserContextOptions) => Promise<Page>
  /** Errors on the browser's console that a test means to cause; any other fails it. */
  readonly announce: (...errors: readonly RegExp[]) => void
  /** Hurts a source; it is healed after the test at the latest. */
  readonly hurt: (source: Source, mode: string) => Promise<void>
  /** Heals every source, and waits until the product has noticed. */
  readonly heal: () => Promise<void>
  readonly errors: Errors
  readonly turn: undefined
}

/** For as long as a crowd on the wire has the machine alone. */
const TURN_MS = 180_000

/** The strip of a page whose session has ended asks once more, and never again. */
const ENDED = /status of 401 .+\/api\/systems/

type Errors = { readonly said: string[]; readonly announced: RegExp[] }

export const test = base.extend<Fixtures, { readonly company: undefined }>({
  company: [
    async ({ browserName: _ }, use, { project }) => {
      if (project.name !== 'pages' && env.E2E_WIRE_DATA_DIR)
        env.E2E_DATA_DIR = env.E2E_WIRE_DATA_DIR
      await use(undefined)
    },
    { auto: true, scope: 'worker' },
  ],

  turn: [
    async ({ browserName: _ }, use) => {
      const end = await takeTurn('beside')
      await use(undefined)
      await end()
    },
    { auto: true, timeout: TURN_MS },
  ],

  errors: async ({ browserName: _ }, use) => {
    const errors: Errors = { said: [], announced: [] }
    await use(errors)
    const unannounced = errors.said.filter(
      (one) => !ENDED.test(one) && !errors.announced.some((it) => it.test(one)),
    )
    expect(unannounced, 'errors in the browser that the test did not announce').toEqual([])
  },

  announce: async ({ errors }, use) => {
    await use((...expected) => void errors.announced.push(...expected))
  },

  stranger: async ({ browser, errors }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (options = {}) => {
      const context = await browser.newContext({
        baseURL: readDemo().baseUrl,
        locale: 'en-GB',
        timezoneId: 'UTC',
        ...options,
      })
      contexts.push(context)
      await watch(context, errors)
      return context.newPage()
    })
    for (const context of contexts) await context.close()
  },

  as: async ({ stranger }, use) => {
    await use(async (who, options) => {
      const page = await stranger(options)
      await carry(page, await cookieOf(who))
      return page
    })
  },

  heal: async ({ browserName: _ }, use) => {
    await use(healAll)
  },

  hurt: async ({ heal }, use) => {
    let hurts = false
    await use(async (source, mode) => {
      hurts = true
      await setSource(source, mode)
    })
    if (hurts) await heal()
  },
})

export { expect }

/** Puts the cookies of a `Cookie` header into a browser. */
export async function carry(page: Page, header: string): Promise<void> {
  const { baseUrl } = readDemo()
  const cookies = header.split('; ').map((pair) => {
    const at = pair.indexOf('=')
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: baseUrl }
  })
  await page.context().addCookies(cookies)
}

/** Every complaint of a browser: refused by the policy, thrown, or said on the console. */
async function watch(context: BrowserContext, { said }: Errors): Promise<void> {
  context.on('weberror', (error) => void said.push(`thrown: ${error.error().message}`))
  context.on('console', (message) => {
    const { url } = message.location()
    // A browser asks for this on its own where a page names no icon, as the provider's does not.
    if (message.type() === 'error' && !url.endsWith('/favicon.ico'))
      said.push(`${message.text()} (${url})`)
  })
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`policy: ${effectiveDirective} ${blockedURI}`),
    )
  })
}

/** A source that hurt is left alone for ten seconds: then one question is the probe. */
async function healAll(): Promise<void> {
  for (const source of SOURCES) await setSource(source, 'up')
  const missing = async () => {
    const { orderId } = await findOrderInProduction()
    const { sources } = await readJourney(orderId)
    return sources.filter(({ state }) => state === 'missing').map(({ source }) => source)
  }
  await expect.poll(missing, { timeout: 25_000, intervals: [500] }).toEqual([])
}
