import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { alexandrite } from './fixtures/files'
import { parsePipeline } from './parse-pipeline'

const root = fileURLToPath(new URL('../..', import.meta.url))
const company = parsePipeline(alexandrite, 'alexandrite.yaml')

/** Names of technologies, which an adapter may say whatever the company calls its lanes. */
const GENERIC = ['s3', 'rabbitmq']

const names = new Set(
  [
    ...company.statuses.map(({ id }) => id),
    ...company.systems.map(({ id }) => id),
    ...company.components.map(({ id }) => id),
    ...company.names.services,
    ...company.names.queues,
    company.name.en,
    company.name.ru,
  ].filter((name) => !GENERIC.includes(name)),
)

const FOLDERS = ['lib', 'app', 'components', 'server', 'worker']
const EXEMPT = [join('lib', 'pipeline'), 'fixtures', 'generated']

const files = FOLDERS.filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(folder, file),
    ),
  )
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .filter((file) => !EXEMPT.some((part) => `${sep}${file}`.includes(`${sep}${part}${sep}`)))

/** Every name of the company that a file says: in a string, as a key, between tags. Comments may. */
function findNames(file: string, text: string): string[] {
  const source = ts.createSourceFile(basename(file), text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const look = (node: ts.Node): void => {
    const said = textOf(node)
    if (said !== null && names.has(said.trim())) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source))
      found.push(`${file}:${line + 1}: ${said.trim()}`)
    }
    ts.forEachChild(node, look)
  }
  look(source)
  return found
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) return node.text
  // A key without quotes is the same name: { SUBMITTED: … }.
  if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name)) return node.name.text
  return null
}

describe('the code', () => {
  it('knows no name of the default company', () => {
    expect(files.length, 'files that were read').toBeGreaterThan(15)
    expect(files).toContain(join('lib', 'journey', 'pipeline.ts'))
    const found = files.flatMap((file) => findNames(file, readFileSync(join(root, file), 'utf8')))
    expect(found).toEqual([])
  }, 60_000)

  it('has no message that is named after it', () => {
    const folder = join(root, 'messages')
    const catalogues = existsSync(folder)
      ? readdirSync(folder).filter((file) => file.endsWith('.json'))
      : []
    const found = catalogues.flatMap((file) =>
      findKeys(JSON.parse(readFileSync(join(folder, file), 'utf8'))).filter((key) =>
        names.has(key),
      ),
    )
    expect(found).toEqual([])
  })
})

const findKeys = (value: unknown): string[] =>
  value instanceof Object
    ? Object.entries(value).flatMap(([key, below]) => [key, ...findKeys(below)])
    : []

describe('the search', () => {
  it.each([
    ["const a = 'SUBMITTED'", 'SUBMITTED'],
    ['const a = `crm`', 'crm'],
    ['const a = { shop: 1 }', 'shop'],
    ['const a = "mes-api"', 'mes-api'],
    ['const a = <p> Alexandrite </p>', 'Alexandrite'],
    ["type A = 'mes' | 'other'", 'mes'],
  ])('finds it in %s', (text, name) => {
    expect(findNames('a.tsx', text)).toEqual([`a.tsx:1: ${name}`])
  })

  it.each(["// 'SUBMITTED'", '/** As in `shop`. */', "const a = 'a shop'", "const a = 's3'"])(
    'passes over %s',
    (text) => {
      expect(findNames('a.tsx', text)).toEqual([])
    },
  )
})
