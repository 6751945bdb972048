import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '@': at('.'),
      // The real package throws outside React's server graph.
      'server-only': at('./node_modules/server-only/empty.js'),
    },
  },
  test: {
    include: ['{app,components,demo,lib,scripts,server}/**/*.test.{ts,tsx}'],
    exclude: [
      '**/*.integration.test.ts',
      'node_modules/**',
      // Longer than a commit should wait: `npm test` runs them.
      ...(process.env.LONG ? [] : ['**/*.long.test.ts']),
    ],
    // Nothing is mocked, so nothing needs a world of its own: one import serves all files.
    pool: 'threads',
    isolate: false,
    env: { TZ: 'UTC' },
    setupFiles: ['./vitest.setup.ts'],
    // Thousands of runs of a property take their time, and so does a busy machine.
    testTimeout: process.env.LONG ? 600_000 : 30_000,
  },
})
