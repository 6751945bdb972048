import { percent } from '@/components/ui/percent'
import type { Stage } from '@/lib/journey/journey'

/** How much of the critical limit is used; the plan's end is a notch. Decoration: the words stand beside it. */
export function LimitMeter({ stage }: { readonly stage: Stage }) {
  const { limit, entered, dwell, level } = stage
  if (!limit) return null
  const whole = Math.max(1, limit.criticalAt - entered)
  const used = Math.min(1, dwell / whole)
  const plan = Math.min(1, Math.max(0, (limit.warnAt - entered) / whole))
  return (
    <span
      aria-hidden="true"
      className={`level-${level} relative block h-1.5 rounded-full bg-sunken`}
    >
      <span
        className="absolute inset-y-0 left-0 rounded-full bg-(--level)"
        style={{ width: percent(used) }}
      />
      <span className="absolute -inset-y-0.5 w-px bg-ink" style={{ left: percent(plan) }} />
    </span>
  )
}
