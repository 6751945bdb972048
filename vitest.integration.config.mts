import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  resolve: {
    alias: {
      '@': at('.'),
      'server-only': at('./node_modules/server-only/empty.js'),
    },
  },
  test: {
    include: ['**/*.integration.test.ts'],
    exclude: ['node_modules/**', '.data/**', '.next/**', 'dist/**'],
    env: { TZ: 'UTC' },
    globalSetup: ['./vitest.integration.setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
})
