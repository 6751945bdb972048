import type { Trace } from './span'

type Calls = { readonly parent: string; readonly child: string; readonly callCount: number }

/** How often a span of one service is the parent of a span of another, or of the same. */
export function countCalls(
  traces: Iterable<Trace>,
  fromUs: number,
  untilUs: number,
): readonly Calls[] {
  const counts = new Map<string, Calls>()
  for (const { spans } of traces) {
    const services = new Map(spans.map(({ spanId, resource }) => [spanId, resource.service]))
    for (const { parentId, startUs, resource } of spans) {
      const parent = services.get(parentId)
      if (parent === undefined || startUs < fromUs || startUs > untilUs) continue
      const child = resource.service
      const key = JSON.stringify([parent, child])
      counts.set(key, { parent, child, callCount: (counts.get(key)?.callCount ?? 0) + 1 })
    }
  }
  return [...counts.values()]
}
