const MICROS: Readonly<Record<string, number>> = {
  ns: 0.001,
  us: 1,
  µs: 1,
  ms: 1_000,
  s: 1_000_000,
  m: 60_000_000,
  h: 3_600_000_000,
}

/** `1h30m`, `1.2s`, `500us` as microseconds; null where it is no duration. */
export function parseGoDuration(text: string): number | null {
  const part = /([0-9]+(?:\.[0-9]+)?)(ns|us|µs|ms|s|m|h)/g
  if (text === '' || text.replace(part, '') !== '') return null
  return [...text.matchAll(part)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (MICROS[unit ?? ''] ?? 0),
    0,
  )
}
