import type { Emitted, Service } from './emit'

/** A host whose clock is `ms` ahead; behind where negative. */
export type Skew = { readonly service: Service; readonly ms: number }

/** A span as the wrong clock of its host dates it. When it really ended stays what it was. */
export function skewed(emitted: Emitted, { service, ms }: Skew): Emitted {
  if (emitted.service !== service) return emitted
  const { span } = emitted
  return {
    ...emitted,
    span: {
      ...span,
      startTimeUnixNano: move(span.startTimeUnixNano, ms),
      endTimeUnixNano: move(span.endTimeUnixNano, ms),
      ...(span.events && {
        events: span.events.map((event) => ({
          ...event,
          timeUnixNano: move(event.timeUnixNano, ms),
        })),
      }),
    },
  }
}

const move = (nanos: string, ms: number): string => String(BigInt(nanos) + BigInt(ms) * 1_000_000n)
