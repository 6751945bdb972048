import { defineConfig } from '@playwright/test'

const executablePath = process.env.CHROMIUM_PATH

const specs = (...names: readonly string[]) => names.map((name) => `**/${name}.spec.ts`)

/** Pages whose sources are hurt most of the time. */
const HURT = specs('living-page', 'other-states', 'sources-are-silent', 'streamed-in-two-parts')
/** With front doors of their own, and mostly waiting. */
const HOUSES = specs('drain', 'events', 'faults')

export default defineConfig({
  testDir: 'e2e',
  // Side by side, and in each one test at a time: `pages` has a company of its own, `wire` hurts the sources of
  // another, and `houses` stand beside that one with proxies before its sources.
  workers: process.env.E2E_DATA_DIR ? 1 : 3,
  projects: [
    {
      name: 'pages',
      workers: 1,
      // Pictures are to be looked at, and prove nothing by themselves: `npm run screens`.
      testIgnore: ['http/**', ...HURT, ...(process.env.SCREENS ? [] : ['screens.spec.ts'])],
    },
    { name: 'wire', workers: 1, testMatch: [...HURT, 'http/**/*.spec.ts'], testIgnore: HOUSES },
    { name: 'houses', workers: 1, testMatch: HOUSES },
  ],
  // A browser, two companies and their tests share two cores: one of 300 tests may come too late. `npm test` names it.
  retries: 1,
  // For a machine that does other things, too.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // The report goes to a file where somebody asks for one, never over the list.
  reporter: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ? [['list'], ['json']] : 'list',
  globalSetup: './e2e/start-demo.ts',
  use: {
    // Traces cost a third of the time: `npx playwright test --trace on <spec>` when one is needed.
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Quiet: a browser that calls home makes a test without a network slow and noisy.
      args: [
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
})
