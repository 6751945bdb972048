import { useTranslations } from 'next-intl'
import { useNames } from '@/components/journey/use-names'
import { useTimes } from '@/components/journey/use-times'
import type { CompanyView } from '@/lib/contract/company'
import type { SystemNow } from '@/lib/journey/judge-systems'
import type { EpochMs } from '@/lib/journey/types'

type Props = {
  readonly trouble: readonly SystemNow[]
  readonly company: CompanyView
  readonly now: EpochMs
}

/** The worst in a sentence; the others beneath it, once somebody asks for them. */
export function SystemTrouble({ trouble, company, now }: Props) {
  const t = useTranslations('systems')
  const tell = useSentence(company, now)
  const [worst, ...others] = mergeSame(trouble)
  if (!worst) return null
  if (others.length === 0) return <Line one={worst} text={tell(worst)} />
  return (
    <details className="group min-w-0 flex-1">
      <summary className="flex min-h-7 cursor-pointer items-center gap-2">
        <Line one={worst} text={tell(worst)} />
        <span className="shrink-0 text-muted underline-offset-3 group-hover:underline">
          {t('more', { count: others.length })}
        </span>
      </summary>
      <ul className="grid gap-1 py-1">
        {others.map((one) => (
          <li key={toKey(one)}>
            <Line one={one} text={tell(one)} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const Line = ({ one: { level }, text }: { readonly one: SystemNow; readonly text: string }) => (
  <span className={`level-${level} flex min-w-0 items-center gap-2 text-(--level)`}>
    <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-(--level)" />
    {text}
  </span>
)

const toKey = ({ code, system, source, values }: SystemNow) =>
  [code, system, source, values.operation, values.queue, values.alarm].join(' ')

/** Whoever is not shown operations would read one sentence for each of them. */
function mergeSame(trouble: readonly SystemNow[]): readonly SystemNow[] {
  const seen = new Set<string>()
  return trouble.filter((one) => {
    const key = toKey(one)
    return seen.has(key) ? false : seen.add(key)
  })
}

function useSentence(company: CompanyView, now: EpochMs) {
  const t = useTranslations('systems')
  const names = useNames(company)
  const times = useTimes()
  return ({ code, system, source, at, values }: SystemNow): string => {
    const { p95Ms, atLeast, share, operation, queue, ready } = values
    const subject = system === null ? names.source(source ?? '') : names.system(system)
    const sentence = t(code, { subject, since: times.duration(Math.max(0, now - at)) })
    const figures = [
      typeof p95Ms === 'number' &&
        t(atLeast ? 'p95AtLeast' : 'p95', { duration: times.duration(p95Ms) }),
      typeof share === 'number' && t('share', { percent: Math.round(share * 1_000) / 10 }),
      operation !== undefined && `${operation}`,
      queue !== undefined && `${queue}${typeof ready === 'number' ? `: ${ready}` : ''}`,
    ].filter((one) => typeof one === 'string')
    return figures.length > 0 ? `${sentence} (${figures.join(', ')})` : sentence
  }
}
