import http from 'node:http'

/** A source of the demo that can be hurt. */
export type Hurtable = { set(mode: string): void }

type Options = {
  readonly port: number
  readonly sources: Readonly<Record<string, Hurtable>>
  /** The modes a source knows. */
  readonly modes: readonly string[]
}

/** `POST /sources/<name> {"mode": "down"}` on loopback: what `npm run demo:source` speaks to. */
export function startControl({ port, sources, modes }: Options): Promise<http.Server> {
  const server = http.createServer(async (request, response) => {
    const name = request.url?.match(/^\/sources\/([\w-]+)$/)?.[1] ?? ''
    const source = Object.hasOwn(sources, name) ? sources[name] : undefined
    if (request.method !== 'POST' || !source)
      return response.writeHead(404).end(`Known sources: ${Object.keys(sources).join(', ')}\n`)

    const mode = await readMode(request)
    if (!modes.includes(mode)) return response.writeHead(400).end(`Modes: ${modes.join(', ')}\n`)
    source.set(mode)
    response.writeHead(200).end(`${name} is ${mode}\n`)
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server))
  })
}

async function readMode(request: http.IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) if (text.length < 1_000) text += chunk
  try {
    return String(JSON.parse(text).mode)
  } catch {
    return '' // Not JSON: no mode at all.
  }
}
