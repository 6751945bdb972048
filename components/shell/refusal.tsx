import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useNames } from '@/components/journey/use-names'
import { AskedSources } from '@/components/lookup/asked-sources'
import { Link } from '@/components/ui/link'
import type { CompanyView } from '@/lib/contract/company'
import type { AskedSource } from '@/lib/contract/order'
import type { AppErrorCode } from '@/lib/errors'

type Props = {
  readonly code: AppErrorCode
  /** The right that is missing. */
  readonly capability?: string
  /** Sources that could not be asked, as in `NotFoundError.silent`. */
  readonly silent?: readonly string[]
  /** What was asked for an order that was not found. */
  readonly asked?: readonly AskedSource[]
  readonly requestId?: string
  readonly company: CompanyView
  /** Whom to ask. */
  readonly contact?: string
}

const TEXTS = {
  'not-found': 'notFound',
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  'invalid-input': 'badInput',
  unavailable: 'unavailable',
  'too-many': 'unavailable',
  source: 'unavailable',
} as const satisfies Record<AppErrorCode, string>

/** A page that cannot be shown, in words, drawn on the server. */
export function Refusal(props: Props) {
  const { code, capability = '', silent = [], asked = [], requestId, contact, company } = props
  const t = useTranslations('refusal')
  const names = useNames(company)
  const unsure = code === 'not-found' && silent.length > 0
  const text = unsure ? 'notFoundSilent' : TEXTS[code]
  return (
    <section className="mx-auto max-w-2xl py-10">
      <h1 className="text-xl font-semibold tracking-tight">{t(`${text}Title`)}</h1>
      <p className="mt-2 text-muted">{t(`${text}Text`, { capability })}</p>
      {silent.length > 0 && asked.length === 0 && (
        <Notice>{t('silent', { sources: silent.map(names.source).join(', ') })}</Notice>
      )}
      <AskedSources asked={asked} company={company} />
      {contact && <p className="mt-3">{t('contact', { contact })}</p>}
      <p className="mt-6 flex flex-wrap items-baseline gap-4 text-sm">
        {code === 'unauthenticated' ? (
          <Link href="/signin">{t('signIn')}</Link>
        ) : (
          <Link href="/">{t('back')}</Link>
        )}
        {requestId && <span className="text-muted">{t('requestId', { id: requestId })}</span>}
      </p>
    </section>
  )
}

const Notice = ({ children }: { readonly children: ReactNode }) => (
  <p className="level-warn mt-4 rounded-md bg-(--level-ground) px-3 py-2 text-(--level)">
    {children}
  </p>
)
