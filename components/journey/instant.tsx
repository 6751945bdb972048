import type { Precision } from '@/lib/format/instant'
import { useTimes } from './use-times'

type Props = { readonly at: number; readonly precision?: Precision; readonly zone?: boolean }

/** An instant in the reader's zone; the machine-readable one beside it. */
export function Instant({ at, precision = 'second', zone = false }: Props) {
  const times = useTimes()
  return (
    <time dateTime={new Date(at).toISOString()}>
      {times.instant(at, precision)}
      {zone && <span className="text-muted"> {times.zone(at)}</span>}
    </time>
  )
}
