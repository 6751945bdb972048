import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'

type Headers = OutgoingHttpHeaders | OutgoingHttpHeader[]

/**
 * Writes the status that a page has left under its request's id, and keeps what says nothing
 * about it out of every cache. `onStatus` hears the status as it leaves.
 *
 *   page ── sayStatus(403) ──▶ statuses ── writeHead(200 → 403) ──▶ browser
 */
export function letPageSayStatus(
  response: ServerResponse,
  requestId: string,
  statuses: Map<string, number>,
  onStatus: (status: number) => void,
): void {
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: (string | Headers | undefined)[]
  ) => ServerResponse

  response.writeHead = ((status: number, ...rest: (string | Headers | undefined)[]) => {
    const said = status === 200 ? (statuses.get(requestId) ?? status) : status
    if (!response.hasHeader('cache-control')) response.setHeader('cache-control', 'no-store')
    onStatus(said)
    return writeHead(said, ...rest)
  }) as typeof response.writeHead
  response.once('close', () => statuses.delete(requestId))
}
