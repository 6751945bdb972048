import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { askSystems } from '@/lib/client/ask-systems'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useNames } from '../use-names'
import { findSlow } from './find-slow'

type Props = { readonly view: JourneyView; readonly company: CompanyView }

/** A second sentence beneath an answer: what it waits for is slow. The strip above every page asks; here it is heard. */
export function SlowNow({ view, company }: Props) {
  const t = useTranslations('verdict')
  const names = useNames(company)
  const { data } = useQuery({
    queryKey: ['systems'],
    queryFn: ({ signal }) => askSystems(signal),
    enabled: false,
  })
  return findSlow(view, data?.trouble ?? []).map((system) => (
    <p key={system} className="max-w-prose text-sm">
      {t('slowNow', { system: names.system(system) })}
    </p>
  ))
}
