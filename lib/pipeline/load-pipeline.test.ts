import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPipeline } from './load-pipeline'

const second = fileURLToPath(new URL('./fixtures/second-company.yaml', import.meta.url))
const alexandrite = fileURLToPath(new URL('./alexandrite.yaml', import.meta.url))

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipeline-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('loadPipeline', () => {
  it('reads each file once', () => {
    expect(loadPipeline(second)).toBe(loadPipeline(second))
    expect(loadPipeline(alexandrite).name.en).toBe('Alexandrite')
    expect(loadPipeline(second).name.en).toBe('Roda Viva')
  })

  it('says which file cannot be read', () => {
    const file = join(folder, 'none.yaml')
    expect(() => loadPipeline(file)).toThrow(
      `${file}:1: (file): found no readable file (ENOENT); allowed: a YAML file`,
    )
  })

  it('reads a wrong file again once it is put right', () => {
    const file = join(folder, 'p.yaml')
    writeFileSync(file, 'name: x')
    expect(() => loadPipeline(file)).toThrow(
      `${file}:1: name: found "x"; allowed: { en: a text, ru: a text }`,
    )
    writeFileSync(file, 'name: { en: x }')
    expect(() => loadPipeline(file)).toThrow('name.ru: found nothing; allowed: a text')
  })
})
