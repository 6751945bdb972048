import { CircleCheck, CircleOff, CircleSlash } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Instant } from '@/components/journey/instant'
import { useNames } from '@/components/journey/use-names'
import { useTimes } from '@/components/journey/use-times'
import type { CompanyView } from '@/lib/contract/company'
import type { AskedSource } from '@/lib/contract/order'

type Props = { readonly asked: readonly AskedSource[]; readonly company: CompanyView }

const LOOKS = {
  'unknown-there': { Icon: CircleCheck, tone: 'level-none' },
  silent: { Icon: CircleOff, tone: 'level-breach' },
  'not-asked': { Icon: CircleSlash, tone: 'level-none' },
} as const

/** What was asked where, for an order that was not found: how sure that is. */
export function AskedSources({ asked, company }: Props) {
  const t = useTranslations('lookup')
  const names = useNames(company)
  const times = useTimes()
  const [first] = asked
  if (!first) return null
  const tell = ({ answer, since }: AskedSource) => {
    if (answer === 'unknown-there') return t('askedAnswered')
    if (answer === 'not-asked') return t('askedNot')
    return since === null ? t('askedSilent') : t('askedSince', { at: times.instant(since) })
  }
  return (
    <section aria-labelledby="asked-title" className="mt-4">
      <p id="asked-title" className="eyebrow">
        {t('askedTitle')}, <Instant at={first.at} zone />
      </p>
      <ul className="mt-1 divide-y divide-line border-y border-line text-sm">
        {asked.map((one) => {
          const { Icon, tone } = LOOKS[one.answer]
          return (
            <li
              key={one.source}
              className={`${tone} flex flex-wrap items-center gap-x-2 px-1 py-1.5`}
            >
              <Icon aria-hidden="true" className="size-4 shrink-0 text-(--level)" />
              <span className="font-medium">{names.source(one.source)}</span>
              <span className="text-muted">{tell(one)}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
