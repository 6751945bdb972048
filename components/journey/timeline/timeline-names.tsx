'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import { useNames } from '../use-names'
import type { DrawnLane } from './draw-timeline'
import type { LaneContent } from './sort-lanes'

type Props = {
  readonly lanes: readonly DrawnLane[]
  readonly contents: readonly LaneContent[]
  readonly company: CompanyView
  readonly complete: boolean
  readonly onToggle: (system: string) => void
}

/** What each lane is, what it is drawn from, and whether it shows every span. */
export function TimelineNames({ lanes, contents, company, complete, onToggle }: Props) {
  const t = useTranslations('timeline')
  const names = useNames(company)
  return (
    <ul className="border-r border-line">
      {lanes.map(({ lane, height, open, small }, index) => {
        const spans = contents[index]?.spans.length ?? 0
        const words =
          !complete && lane.coverage === 'traced' ? t('coming') : t(`lane.${toLaneWord(lane)}`)
        return (
          <li
            key={lane.system}
            className={`flex flex-col justify-center border-t border-line pr-1 pl-1.5 sm:pl-3 ${names.laneClass(lane.system)}`}
            style={{ height }}
          >
            <span className="flex items-center gap-1.5 text-[0.625rem] leading-tight font-medium hyphens-auto sm:text-sm">
              <span
                aria-hidden="true"
                className="hidden h-4 w-1 shrink-0 rounded-full bg-(--lane) sm:block"
              />
              {names.system(lane.system)}
            </span>
            <span className="sr-only text-xs leading-tight text-muted sm:not-sr-only sm:pl-2.5">
              {words}
            </span>
            {spans > 0 && (
              <button
                type="button"
                aria-expanded={open}
                aria-label={t(open ? 'laneClose' : 'laneOpen', {
                  lane: names.system(lane.system),
                  count: spans,
                })}
                onClick={() => onToggle(lane.system)}
                className="flex w-fit items-center gap-0.5 rounded-sm py-0.5 text-left text-xs text-accent hover:underline sm:pl-1.5"
              >
                {open ? (
                  <ChevronDown aria-hidden="true" className="size-3.5 shrink-0" />
                ) : (
                  <ChevronRight aria-hidden="true" className="size-3.5 shrink-0" />
                )}
                <span>
                  {open
                    ? t('laneAll', { count: spans })
                    : small > 0
                      ? t('laneMore', { count: small })
                      : t('laneAll', { count: spans })}
                </span>
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

function toLaneWord({ drawnFrom, coverage }: DrawnLane['lane']) {
  if (drawnFrom.length === 0) return 'unseen'
  if (drawnFrom.length === 2) return 'both'
  if (drawnFrom[0] === 'traces') return 'traced'
  return coverage === 'traced' ? 'silent' : 'untraced'
}
