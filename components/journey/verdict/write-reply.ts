import { createTranslator } from 'next-intl'
import { type CompanyView, nameStatus } from '@/lib/contract/company'
import type { Locale } from '@/lib/format/locale'
import type { Verdict } from '@/lib/journey/finding'
import type { JourneyView } from '@/lib/journey/journey-view'
import { customerTexts } from './load-texts'
import { toCustomerText } from './to-advice'

export type ReplyProps = {
  readonly verdict: Verdict
  readonly placedBy: JourneyView['placedBy']
  readonly company: CompanyView
}

/** The two sentences for whoever placed an order, in their language. */
export async function writeReply(
  { verdict, placedBy: who, company }: ReplyProps,
  locale: Locale,
): Promise<string> {
  const messages = await customerTexts(locale)
  const write = createTranslator({ locale, messages, namespace: 'customer' })
  const { status } = verdict.values
  return write(toCustomerText(verdict), {
    who,
    status: status === undefined ? '—' : nameStatus(company, status, locale),
  })
}
