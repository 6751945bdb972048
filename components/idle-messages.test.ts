import fs from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import en from '@/messages/en.json'

/** Keys that the code puts together from a code of the journey, a role, a theme. */
const PUT_TOGETHER =
  /^((approximate|blindSpots|disagreements|level|turn|waitsFor)\.|auth\.failed\.|checklist\.because\.|disagreements\.believe\.|systems\.[a-z-]+$|place\.(queue\.|why\.|[a-z-]+$)|living\.(state|what|why)\.|limits\.(clock|open|closed|short)\.|stages\.restsOn\.|traces\.gap\.|shell\.(roles|themes)\.|fact\.counter\.|sources\.(file|note|reason|state)\.|shortcuts\.(groups|keys)\.|timeline\.(expected|handoffState|kind|lane|turn|unseenReason|wait)\.|timeline\.(now|plan|limit)$|history\.row$|verdict\.(acts|advice|also|because|cause|onTrack|support|warning)\.|refusal\.\w+(Title|Text)$)/

type Texts = { readonly [name: string]: string | Texts }

const toKeys = (texts: Texts, above = ''): readonly string[] =>
  Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [above + name] : toKeys(text, `${above}${name}.`),
  )

const sources = ['app', 'components', 'i18n', 'lib'].flatMap((folder) =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.tsx?$/.test(file) && !file.includes('fixtures'))
    .map((file) => fs.readFileSync(path.join(folder, file), 'utf8')),
)

/** A file that asks for the namespace above a key and writes the rest of it, split at any dot. */
function isWritten(key: string): boolean {
  const names = key.split('.')
  return names.some((_, at) => {
    const [namespace, rest] = [names.slice(0, at).join('.'), names.slice(at).join('.')]
    const asked = `Translations(${namespace && `'${namespace}'`})`
    return sources.some((source) => source.includes(asked) && source.includes(`'${rest}'`))
  })
}

test('has no text that nothing shows', () => {
  const idle = toKeys(en).filter((key) => !PUT_TOGETHER.test(key) && !isWritten(key))
  expect(idle).toEqual([])
})
