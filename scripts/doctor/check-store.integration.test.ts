import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, inject, onTestFinished, test } from 'vitest'
import { freshStore } from '@/lib/store/fixtures/fresh-store'
import { checkStore } from './check-store'

test('finds a store that is not there, one that is empty, and one that is whole', async () => {
  const [gone] = await checkStore({ url: 'postgresql://nobody@127.0.0.1:9/none' })
  expect(gone).toMatchObject({ level: 'missing', cure: expect.stringContaining('STORE_URL') })

  const unmigrated = await checkStore({ url: inject('postgresUrl') })
  expect(unmigrated).toMatchObject([
    { level: 'ok' },
    { level: 'warn', says: expect.stringContaining('superuser') },
    { level: 'missing', cure: expect.stringContaining('scripts/migrate.ts') },
  ])
})

test('compares migrations where it may, and says what is not applied', async () => {
  const { urls, db } = await freshStore(inject('postgresUrl'))
  onTestFinished(() => db.$disconnect())

  expect(await checkStore({ url: urls.app })).toMatchObject([{ level: 'ok' }, { level: 'ok' }])
  const whole = await checkStore({ url: urls.app, ownerUrl: urls.owner })
  expect(whole.at(-1)).toMatchObject({
    level: 'ok',
    says: expect.stringMatching(/^all \d+ applied$/),
  })

  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'migrations-'))
  onTestFinished(() => fs.rmSync(folder, { recursive: true }))
  fs.mkdirSync(path.join(folder, '99990101000000_later'))
  const behind = await checkStore({ url: urls.app, ownerUrl: urls.owner, folder })
  expect(behind.at(-1)).toMatchObject({
    level: 'missing',
    says: 'not applied: 99990101000000_later',
  })
})
