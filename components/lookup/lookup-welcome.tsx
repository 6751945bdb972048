import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { LookupBox } from './lookup-box'

type Props = { readonly example: string; readonly children?: ReactNode }

/** The start page: the question, the box, and beneath it what the look-up came to. */
export function LookupWelcome({ example, children }: Props) {
  const t = useTranslations('lookup')
  return (
    <section className="mx-auto max-w-2xl py-8 sm:py-14">
      <h1 className="text-status font-semibold tracking-[-0.02em]">{t('title')}</h1>
      <p className="mt-2 mb-6 text-muted">{t('lead')}</p>
      <LookupBox example={example} main />
      <div className="mt-8 grid gap-6">{children}</div>
    </section>
  )
}
