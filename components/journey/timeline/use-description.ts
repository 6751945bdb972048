import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import { nameFact } from '../describe-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import type { FactMark } from './draw-timeline'
import { type ClockChoice, timeOf } from './sort-lanes'
import { countOf, leadOf, toItemKind } from './timeline-lane'

/** Says in one line what a mark stands for; undefined where that would take time and there is none. */
export type Describe = (mark: FactMark, hurried: boolean) => string | undefined

/** Remembers what it said. While a hand zooms, new marks of every frame wait for their words until it rests. */
export function useDescription(company: CompanyView, clock: ClockChoice): Describe {
  const t = useTranslations('timeline')
  const names = useNames(company)
  const times = useTimes()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with language, zone and clock alone
  return useMemo(() => {
    const told = new Map<string, string>()
    return (mark, hurried) => {
      const lead = leadOf(mark)
      const key = `${lead.id} ${mark.items.length}`
      const known = told.get(key)
      if (known || hurried) return known
      const fact = lead.facts.at(-1) ?? lead.facts[0]
      const kind = toItemKind(lead)
      const count = countOf(mark)
      const words = [
        count > 1 ? t('marks', { count }) : t(`kind.${kind}`),
        nameFact(fact, names),
        ...(lead.facts.length > 1
          ? [t('attempts', { count: lead.facts.length, failed: lead.failed ? 'yes' : 'no' })]
          : []),
        times.instant(timeOf(fact, clock)),
        names.source(fact.source),
      ].join(', ')
      told.set(key, words)
      return words
    }
  }, [t, company, clock, times.timeZone])
}
