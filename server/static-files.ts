import fs from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'

/** Answers a request for a file of the build; false where it is for none, or asks for a part: then nothing was said. */
export type StaticFiles = (request: IncomingMessage, response: ServerResponse) => boolean

type Loaded = { readonly plain: Buffer; readonly zipped: Buffer | null }
type Kept = { readonly file: string; readonly type: string; loaded: Promise<Loaded> | null }

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'application/javascript; charset=UTF-8',
  '.css': 'text/css; charset=UTF-8',
  '.woff2': 'font/woff2',
}
const BEGINNING = '/_next/static/'
const zip = promisify(gzip)

/**
 * The files of a build, each compressed once and kept. Next would compress every one of them for every browser, on
 * the core that has an order to read at that moment. What is in the folder at the start is all there is: no path is
 * ever looked up on the disk.
 */
export function createStaticFiles(folder: string, onError: (error: unknown) => void): StaticFiles {
  const files = new Map(
    list(folder).flatMap((name): [string, Kept][] => {
      const type = TYPES[path.extname(name)]
      const address = BEGINNING + name.split(path.sep).map(encodeURIComponent).join('/')
      return type ? [[address, { file: path.join(folder, name), type, loaded: null }]] : []
    }),
  )

  return (request, response) => {
    const kept = files.get(request.url ?? '')
    if (!kept || !isPlain(request)) return false
    kept.loaded ??= load(kept.file, kept.type)
    kept.loaded.then(
      (loaded) => send(request, response, kept.type, loaded),
      (error: unknown) => {
        kept.loaded = null
        onError(error)
        response.destroy()
      },
    )
    return true
  }
}

const list = (folder: string): readonly string[] =>
  fs.existsSync(folder) ? fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []

/** A part, or only what is newer: Next knows how. */
const isPlain = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  !headers.range &&
  !headers['if-modified-since'] &&
  !headers['if-none-match']

async function load(file: string, type: string): Promise<Loaded> {
  const plain = await fs.promises.readFile(file)
  const level = constants.Z_BEST_COMPRESSION
  return { plain, zipped: type.startsWith('font/') ? null : await zip(plain, { level }) }
}

function send(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  type: string,
  { plain, zipped }: Loaded,
): void {
  const zips =
    zipped !== null && /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(`${headers['accept-encoding']}`)
  const body = zips ? zipped : plain
  response.writeHead(200, {
    'cache-control': 'public, max-age=31536000, immutable', // their names change with their content
    'content-type': type,
    'content-length': body.length,
    ...(zipped && { vary: 'Accept-Encoding' }),
    ...(zips && { 'content-encoding': 'gzip' }),
  })
  response.end(method === 'HEAD' ? undefined : body)
}
