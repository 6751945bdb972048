'use client'

import { useTranslations } from 'next-intl'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import { nameFact, toMarkKind } from './describe-fact'
import type { FactMark } from './draw-timeline'
import { MarkShape } from './mark-shape'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = {
  readonly mark: FactMark
  readonly y: number
  readonly company: CompanyView
}

const SHOWN = 4

/**
 * What the mark beneath the pointer or the focus says. Screen readers have it as the mark's name; where the
 * timeline scrolls there is no room for it, and the details open at a touch.
 */
export function TimelineHint({ mark, y, company }: Props) {
  const t = useTranslations('fact')
  const names = useNames(company)
  const times = useTimes()
  const middle = mark.x + mark.width / 2
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 hidden w-max max-w-[min(22rem,80vw)] rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-xs shadow-lg lg:block"
      style={{
        top: y + 20,
        ...(middle > 0.5 ? { right: percent(1 - middle) } : { left: percent(middle) }),
      }}
    >
      {mark.items.slice(0, SHOWN).map(({ fact }) => (
        <div key={fact.id} className={`flex gap-1.5 py-0.5 ${names.laneClass(fact.system)}`}>
          <span className="pt-0.5 text-(--lane)">
            <MarkShape kind={toMarkKind(fact)} className="size-3" />
          </span>
          <span>
            <span className="font-medium">{nameFact(fact, names)}</span>
            {fact.kind === 'span' && <span> · {times.duration(fact.duration)}</span>}
            <span className="block text-muted">
              {times.instant(fact.at)} · {names.source(fact.source)}
            </span>
          </span>
        </div>
      ))}
      {mark.items.length > SHOWN && (
        <div className="text-muted">{t('more', { count: mark.items.length - SHOWN })}</div>
      )}
    </div>
  )
}
