import { EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useNames } from '@/components/journey/use-names'
import type { CompanyView } from '@/lib/contract/company'

type Props = {
  /** Sources that could not be asked, as in `NotFoundError.silent`. */
  readonly silent: readonly string[]
  readonly company: CompanyView
  readonly className?: string
}

/** Whom a look-up could not ask: there may be more than it found. */
export function SilentSources({ silent, company, className = '' }: Props) {
  const t = useTranslations('lookup')
  const names = useNames(company)
  if (silent.length === 0) return null
  return (
    <p
      className={`level-warn flex gap-2 rounded-md bg-(--level-ground) px-3 py-2 text-sm text-(--level) ${className}`}
    >
      <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {t('silent', { sources: silent.map(names.source).join(', ') })}
    </p>
  )
}
