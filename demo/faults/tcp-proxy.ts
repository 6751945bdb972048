import net from 'node:net'
import { drip, flood, garbage, LOGIN_PAGE } from './bodies'
import { listen } from './listener'
import { type FaultProxy, type Mode, SEVERITY, type Severity } from './mode'

type Options = Partial<Severity> & {
  /** 0: any free one. */
  readonly port: number
  /** On loopback. */
  readonly targetPort: number
}

type Connection = { readonly client: net.Socket; readonly source: net.Socket }

/** Stands on loopback before a source that speaks over TCP, a database say, and hurts it as it is told. */
export async function startTcpFaultProxy({
  port,
  targetPort,
  ...worse
}: Options): Promise<FaultProxy> {
  const severity = { ...SEVERITY, ...worse }
  const open = new Set<Connection>()
  let mode: Mode = 'up'

  const server = net.createServer({ noDelay: true }, (client) => {
    if (mode === 'reset') return void client.resetAndDestroy()
    const source = net.connect({ host: '127.0.0.1', port: targetPort, noDelay: true })
    const connection = { client, source }
    open.add(connection)
    const end = () => {
      open.delete(connection)
      client.destroy()
      source.destroy()
    }
    for (const socket of [client, source]) socket.on('error', end).on('close', end)
    client.on('data', (chunk) => source.write(chunk))
    source.on('data', (chunk: Buffer) => HURT[mode](client, chunk, severity))
  })
  const listener = await listen(server, port)

  function endAll(how: (client: net.Socket) => void): void {
    for (const { client } of open) how(client)
  }

  return {
    port: listener.port,
    set(next) {
      // What was sent while it hurt is incomplete: those connections cannot go on.
      if (mode !== 'up' || next === 'down') endAll((client) => client.destroy())
      if (next === 'reset') endAll((client) => client.resetAndDestroy())
      mode = next
      if (next === 'down') listener.pause()
      else listener.resume()
    },
    stop() {
      const stopped = listener.stop()
      endAll((client) => client.destroy())
      return stopped
    },
  }
}

type Hurt = (client: net.Socket, chunk: Buffer, severity: Severity) => unknown

/** What becomes of the bytes that the source sends. */
const HURT: Readonly<Record<Mode, Hurt>> = {
  up: (client, chunk) => client.write(chunk),
  slow: (client, chunk, { slowMs }) =>
    setTimeout(() => client.destroyed || client.write(chunk), slowMs).unref(),
  down: (client) => client.destroy(),
  blackhole: () => {},
  reset: (client) => client.resetAndDestroy(),
  'close-mid-body': (client, chunk) => client.write(halfOf(chunk), () => client.destroy()),
  truncate: (client, chunk) => client.end(halfOf(chunk)),
  drip: (client, chunk, { dripMs }) => drip(client, chunk, dripMs),
  status500: (client) => client.end(toHttp('500 Internal Server Error', '')),
  html: (client) => client.end(toHttp('200 OK', LOGIN_PAGE)),
  garbage: (client) => client.write(garbage()),
  huge: (client, _, { hugeBytes }) => flood(client, hugeBytes),
  redirect: (client) => client.end(toHttp('302 Found', '')),
}

const halfOf = (chunk: Buffer) => chunk.subarray(0, chunk.length / 2)

/** What answers where a web server listens on a database's port. */
const toHttp = (status: string, body: string) =>
  `HTTP/1.1 ${status}\r\ncontent-length: ${body.length}\r\n\r\n${body}`
