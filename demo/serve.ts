import type http from 'node:http'
import { listen } from './faults/listener'

/** A stand-in on loopback, which ends at once whoever is still connected. Port 0: any free one. */
export async function serve(server: http.Server, wanted: number) {
  const { port, stop } = await listen(server, wanted)
  return {
    port,
    stop() {
      const stopped = stop()
      server.closeAllConnections()
      return stopped
    },
  }
}
