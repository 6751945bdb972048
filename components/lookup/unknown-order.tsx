import { EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useNames } from '@/components/journey/use-names'
import { ExactId } from '@/components/ui/exact-id'
import type { CompanyView } from '@/lib/contract/company'

type Props = {
  /** What was typed. */
  readonly query: string
  readonly company: CompanyView
  /** Sources that could not be asked, as in `NotFoundError.silent`. */
  readonly silent?: readonly string[]
  /** Neither an order id nor a trace id. */
  readonly invalid?: boolean
}

/** Nothing was found, and how sure that is. */
export function UnknownOrder({ query, company, silent = [], invalid = false }: Props) {
  const t = useTranslations('lookup')
  const names = useNames(company)
  const example = company.orderIdExample
  return (
    <div role="status" className="card px-5 py-4">
      <h2 className="font-semibold">
        {invalid
          ? t('invalidTitle')
          : t.rich('unknownTitle', { query: () => <ExactId id={query} /> })}
      </h2>
      <p className="mt-1 text-sm text-muted">
        {t(invalid ? 'invalidText' : 'unknownText', { example })}
      </p>
      {silent.length > 0 && (
        <p className="level-warn mt-3 flex gap-2 rounded-md bg-(--level-ground) px-3 py-2 text-sm text-(--level)">
          <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          {t('silent', { sources: silent.map(names.source).join(', ') })}
        </p>
      )}
    </div>
  )
}
