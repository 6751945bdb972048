'use client'

import { useTranslations } from 'next-intl'
import { percent } from '@/components/ui/percent'
import type { CompanyView } from '@/lib/contract/company'
import type { FactView } from '@/lib/journey/journey-view'
import { findActor, nameFact } from '../describe-fact'
import { MarkShape } from '../mark-shape'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import type { FactMark } from './draw-timeline'
import { type ClockChoice, type Item, timeOf } from './sort-lanes'
import { toItemKind } from './timeline-lane'

type Props = {
  readonly mark: FactMark
  /** In pixels, beneath the lane's top. */
  readonly y: number
  readonly company: CompanyView
  readonly clock: ClockChoice
}

const SHOWN = 4

/**
 * What the mark beneath the pointer or the focus says. Screen readers have it as the mark's name; on a phone
 * there is no room for it, and the details open at a touch.
 */
export function TimelineHint({ mark, y, company, clock }: Props) {
  const t = useTranslations('fact')
  const names = useNames(company)
  const middle = Math.min(1, Math.max(0, mark.x + mark.width / 2))
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute z-20 hidden w-max max-w-[min(24rem,80vw)] rounded-md border border-line-strong bg-surface px-2.5 py-1.5 text-xs shadow-lg sm:block"
      style={{
        top: y + 20,
        ...(middle > 0.5 ? { right: percent(1 - middle) } : { left: percent(middle) }),
      }}
    >
      {mark.items.slice(0, SHOWN).map((item) => (
        <div
          key={item.id}
          className={`flex gap-1.5 py-0.5 ${names.laneClass(item.facts[0].system)}`}
        >
          <span className="pt-0.5 text-(--lane)">
            <MarkShape kind={toItemKind(item)} className="size-3" />
          </span>
          <Told item={item} company={company} clock={clock} />
        </div>
      ))}
      {mark.items.length > SHOWN && (
        <div className="text-muted">{t('more', { count: mark.items.length - SHOWN })}</div>
      )}
    </div>
  )
}

type ToldProps = {
  readonly item: Item
  readonly company: CompanyView
  readonly clock: ClockChoice
}

function Told({ item, company, clock }: ToldProps) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  const { facts } = item
  const fact: FactView = facts.at(-1) ?? facts[0]
  const actor = findActor(fact)
  const shift = fact.kind === 'span' ? fact.clockShift : 0
  return (
    <span>
      <span className="font-medium">{nameFact(fact, names)}</span>
      {fact.kind === 'span' && <span> · {times.duration(fact.duration)}</span>}
      {facts.length > 1 && (
        <span className="block font-medium">
          {t('attempts', {
            count: facts.length,
            failed: toItemKind(item) === 'failed' ? 'yes' : 'no',
          })}
        </span>
      )}
      <span className="block text-muted">
        {times.instant(timeOf(fact, clock))} · {names.source(fact.source)}
      </span>
      {shift !== 0 && (
        <span className="block text-muted">{t('shifted', { shift: times.shift(shift) })}</span>
      )}
      {actor !== null && <span className="block text-muted">{t('by', { actor })}</span>}
    </span>
  )
}
