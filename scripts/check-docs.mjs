// Fails when a document of current truth names a path, an npm script or a link target that does not exist.
import fs from 'node:fs'
import path from 'node:path'

const ROOTS =
  /^(app|components|demo|deploy|docs|e2e|i18n|lib|messages|prisma|public|scripts|server|worker|\.ci)\//
const HISTORY = /^docs\/adr\/\d/

const documents = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...markdownIn('docs')].filter(
  (file) => fs.existsSync(file) && !HISTORY.test(file),
)
if (documents.length < 5) throw new Error(`Only ${documents.length} documents were checked`)

const { scripts } = JSON.parse(fs.readFileSync('package.json', 'utf8'))
const dead = documents.flatMap((file) => {
  const text = fs.readFileSync(file, 'utf8')
  return [...deadPaths(text), ...deadLinks(file, text), ...deadScripts(text)].map(
    (name) => `${file}: ${name} does not exist`,
  )
})
if (dead.length > 0) {
  process.stderr.write(`${dead.join('\n')}\n`)
  process.exit(1)
}

function deadPaths(text) {
  return [...text.matchAll(/`([\w./[\]()-]+)`/g)]
    .map(([, name]) => name)
    .filter((name) => ROOTS.test(name) && !fs.existsSync(name))
}

function deadLinks(file, text) {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, target]) => target)
    .filter(
      (target) => !/^[a-z]+:/.test(target) && !fs.existsSync(path.join(path.dirname(file), target)),
    )
}

function deadScripts(text) {
  return [...text.matchAll(/npm run (?:-s )?([\w:-]+)/g)]
    .filter(([, name]) => !scripts[name] && !name.endsWith(':'))
    .map(([, name]) => `npm run ${name}`)
}

function markdownIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name))
}
