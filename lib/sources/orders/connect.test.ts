import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { toConnection } from './connect'

const ssl = (url: string, tls?: Parameters<typeof toConnection>[0]['tls']) =>
  toConnection({ url, ...(tls && { tls }) }, 500).ssl

describe('toConnection', () => {
  test.each([
    'postgresql://u@localhost/db',
    'postgresql://u@127.0.0.1/db',
    'postgresql://u@[::1]:5432/db',
    'postgresql://u@db.company.test/db?sslmode=disable',
  ])('goes in clear to %s', (url) => {
    expect(ssl(url)).toBe(false)
  })

  test.each([
    'postgresql://u@db.company.test/db',
    'postgresql://u@db.company.test/db?sslmode=require',
    'postgresql://u@db.company.test/db?sslmode=no-verify',
    'postgresql://u@db.company.test/db?sslmode=prefer&uselibpqcompat=true',
    'postgresql://u@localhost.company.test/db',
    'postgresql://u@localhost/db?sslmode=verify-full',
  ])('verifies certificate and name of %s', (url) => {
    const { ssl: verified, connectionString } = toConnection({ url }, 500)
    expect(verified).toEqual({ rejectUnauthorized: true, host: new URL(url).hostname })
    expect(connectionString).not.toContain('ssl')
  })

  test('reads the files each time', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tls-'))
    onTestFinished(() => fs.rmSync(folder, { recursive: true }))
    const caFile = path.join(folder, 'ca.pem')
    fs.writeFileSync(caFile, 'one')
    expect(ssl('postgresql://u@localhost/db', { caFile })).toMatchObject({ ca: 'one' })
    fs.writeFileSync(caFile, 'two')
    expect(ssl('postgresql://u@localhost/db', { caFile })).toMatchObject({ ca: 'two' })
  })
})
