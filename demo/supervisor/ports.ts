import net from 'node:net'

/** The product's port; seven more are looked for above it. Throws on anything but a number that leaves room. */
export function readPort(text: string | undefined): number {
  if (text === undefined) return 4200
  const port = Number(text)
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_000) return port
  throw new Error(`PORT is a number from 1 to 65000, not ${text}`)
}

/** Whether something already listens there. */
export const isTaken = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(true))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(false)))
  })

/** The first free ports from here on, as many as are asked for. */
export async function findFreePorts(from: number, count: number): Promise<readonly number[]> {
  const free: number[] = []
  for (let port = from; free.length < count && port < from + 500; port++)
    if (!(await isTaken(port))) free.push(port)
  if (free.length < count) throw new Error(`No ${count} free ports from ${from} on`)
  return free
}
