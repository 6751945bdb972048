import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROUTES } from './route-table'

// `npm test` builds before the integration tests; on its own: npm run build.
const manifest = JSON.parse(
  fs.readFileSync('.next/server/app-paths-manifest.json', 'utf8'),
) as Record<string, string>

/** `/(staff)/orders/[orderId]/page` is the file of the address `/orders/[orderId]`. */
const entries = Object.keys(manifest)
  .filter((entry) => !entry.startsWith('/_'))
  .map((entry) => ({
    address: entry.replace(/\/\([^)]+\)/g, '').replace(/\/(page|route)$/, '') || '/',
    file: findFile(entry),
  }))

describe('the inventory of routes', () => {
  test('saw the build', () => {
    expect(entries.length).toBeGreaterThanOrEqual(10)
  })

  test('lists every page and route of the build, and no other', () => {
    const listed = ROUTES.map(({ path: address }) => address)
    expect(entries.map(({ address }) => address).toSorted()).toEqual(listed.toSorted())
  })

  test.each(ROUTES)('$path is made as the table says', (route) => {
    const source = fs.readFileSync(fileOf(route.path), 'utf8')
    if (route.maker === 'exception') expect(source).not.toMatch(/\bdefine(Page|Route)\(/)
    else {
      expect(source).toContain(`${route.maker}({`)
      expect(source).toContain(`action: '${route.action}'`)
    }
  })

  test.each(ROUTES)('$path answers the methods of the table alone', (route) => {
    const source = fs.readFileSync(fileOf(route.path), 'utf8')
    if (/\/page\.tsx$/.test(fileOf(route.path))) return expect(route.methods).toEqual(['GET'])
    const exported = [...source.matchAll(/export (?:const|async function|function) ([A-Z]+)\b/g)]
    const renamed = [...source.matchAll(/(?:as|\{|,)\s*(GET|POST|DELETE|PUT|PATCH)\b/g)]
    const methods = new Set([...exported, ...renamed].map(([, name]) => name))
    expect([...methods].toSorted()).toEqual([...route.methods].toSorted())
  })

  test('there are no Server Actions', () => {
    const actions = JSON.parse(
      fs.readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
    )
    expect(actions.node).toEqual({})
    expect(actions.edge).toEqual({})
  })
})

function fileOf(address: string): string {
  const found = entries.find((entry) => entry.address === address)
  if (!found) throw new Error(`${address} is not in the build`)
  return found.file
}

function findFile(entry: string): string {
  const found = ['.tsx', '.ts']
    .map((ending) => path.join('app', `${entry}${ending}`))
    .find((file) => fs.existsSync(file))
  if (!found) throw new Error(`No file for ${entry}`)
  return found
}
