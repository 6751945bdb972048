import type { AddressInfo, Server } from 'node:net'

/** Listens on loopback; stops and begins again on the same port. */
export type Listener = {
  readonly port: number
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/** Port 0: any free one. */
export async function listen(server: Server, wanted: number): Promise<Listener> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port } = server.address() as AddressInfo
  return {
    port,
    pause: () => void server.close(),
    resume: () => void (server.listening || server.listen(port, '127.0.0.1')),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
