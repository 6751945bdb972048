'use client'

import { useTranslations } from 'next-intl'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import type { Drawing, DrawnArrow } from './draw-timeline'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = { readonly drawing: Drawing; readonly company: CompanyView }

/** Hand-offs from lane to lane, each with its wait. */
export function TimelineArrows({ drawing, company }: Props) {
  return (
    <>
      <svg
        aria-hidden="true"
        className="pointer-events-none absolute inset-0 z-[3] w-full overflow-visible"
        height={drawing.height}
      >
        {drawing.arrows.map((arrow) => (
          <Arrow key={toKey(arrow)} arrow={arrow} />
        ))}
      </svg>
      {drawing.arrows
        .filter(({ labelled, handoff }) => labelled && handoff.wait > 0)
        .map((arrow) => (
          <Wait key={toKey(arrow)} arrow={arrow} company={company} />
        ))}
    </>
  )
}

const toKey = ({ handoff: { from, to, status, started } }: DrawnArrow) =>
  `${from} ${to} ${status} ${started}`

function Arrow({ arrow: { handoff, x1, y1, x2, y2 } }: { readonly arrow: DrawnArrow }) {
  const { level, state } = handoff
  const look = `arrow is-${level} is-${state}`
  const tip = y2 > y1 ? -6 : 6
  return (
    <g className={look}>
      <line x1={percent(x1)} y1={y1} x2={percent(x2)} y2={y2} />
      {state === 'saved' && (
        <svg x={percent(x2)} y={y2} className="overflow-visible" aria-hidden="true">
          <path d={`M-4 ${tip} 0 0 4 ${tip}`} />
        </svg>
      )}
    </g>
  )
}

type WaitProps = { readonly arrow: DrawnArrow; readonly company: CompanyView }

function Wait({ arrow: { handoff, x1, x2, y1, y2 }, company }: WaitProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  const wait = times.duration(handoff.wait)
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
      className={`level-${handoff.level} absolute z-[5] -translate-x-1/2 -translate-y-1/2 rounded-sm bg-surface px-1 text-[0.6875rem] leading-4 whitespace-nowrap ${handoff.level === 'ok' ? 'text-muted' : 'font-semibold text-(--level)'}`}
      style={{ top: (y1 + y2) / 2, left: percent((x1 + x2) / 2) }}
    >
      {sign}
      {wait}
    </span>
  )
}
