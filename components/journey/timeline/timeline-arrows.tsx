'use client'

import { useTranslations } from 'next-intl'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import { Wait as Waited } from '../levels/wait'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import type { DrawnArrow } from './draw-arrows'
import type { Drawing } from './draw-timeline'

type Props = {
  readonly drawing: Drawing
  readonly company: CompanyView
  readonly now: number
}

/** Hand-offs from lane to lane, each with its wait. */
export function TimelineArrows({ drawing: { arrows, height }, company, now }: Props) {
  return (
    <>
      <svg
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 z-[3] w-full overflow-hidden"
        height={height}
      >
        {arrows.map((arrow) => (
          <Arrow key={toKey(arrow)} arrow={arrow} />
        ))}
      </svg>
      {arrows.map((arrow) => (
        <Wait key={toKey(arrow)} arrow={arrow} company={company} now={now} />
      ))}
    </>
  )
}

const toKey = ({ handoff: { from, to, status, started } }: DrawnArrow) =>
  `${from} ${to} ${status} ${started}`

function Arrow({ arrow: { handoff, x1, y1, x2, y2 } }: { readonly arrow: DrawnArrow }) {
  const { level, state } = handoff
  const tip = y2 > y1 ? -6 : 6
  return (
    <g className={`arrow is-${level} is-${state}`}>
      <line x1={percent(x1)} y1={y1} x2={percent(x2)} y2={y2} />
      {state === 'saved' && (
        <svg x={percent(x2)} y={y2} className="overflow-visible" aria-hidden="true">
          <path d={`M-4 ${tip} 0 0 4 ${tip}`} />
        </svg>
      )}
    </g>
  )
}

type WaitProps = Omit<Props, 'drawing'> & { readonly arrow: DrawnArrow }

function Wait({ arrow: { handoff, label }, company, now }: WaitProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  if (!label) return null
  const words = t('handoff', {
    status: names.status(handoff.status),
    from: names.system(handoff.from),
    to: names.system(handoff.to),
    wait: times.spelled(handoff.wait),
  })
  const sign = handoff.state === 'unseen' ? '? ' : handoff.level === 'ok' ? '' : '! '
  return (
    <span
      title={`${words}: ${t(`handoffState.${handoff.state}`)}`}
      className={`wait-label level-${handoff.level} ${handoff.level === 'ok' ? 'text-muted' : 'font-semibold text-(--level)'}`}
      style={{ top: label.y, left: percent(label.x) }}
    >
      {sign}
      <Waited handoff={handoff} now={now} />
    </span>
  )
}
