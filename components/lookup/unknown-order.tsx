import { useTranslations } from 'next-intl'
import { ExactId } from '@/components/ui/exact-id'
import type { CompanyView } from '@/lib/contract/company'
import { SilentSources } from './silent-sources'

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
      <SilentSources silent={silent} company={company} className="mt-3" />
    </div>
  )
}
