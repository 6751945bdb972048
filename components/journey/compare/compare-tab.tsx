'use client'

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { EmptyState } from '@/components/ui/empty-state'
import type { Unanswered } from '@/lib/client/ask-journey'
import { chosenJourneyQuery } from '@/lib/client/journey-query'
import type { CompanyView } from '@/lib/contract/company'
import { toComparedOrder } from '@/lib/contract/compared-order'
import type { DwellHistory } from '@/lib/journey/compare/dwell-history'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Address } from '../use-address'
import { CompareForm } from './compare-form'
import { Comparison } from './comparison'
import { type CompareWords, useCompareWords } from './use-compare-words'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly address: Address
  /** Of the order's kind; null: none is kept. */
  readonly history: DwellHistory | null
}

/** This order beside another one, which the address names, or else beside what is usual. */
export function CompareTab({ view, company, address, history }: Props) {
  const t = useCompareWords()
  const client = useQueryClient()
  const chosen = toComparedOrder(address.read('compare'))
  return (
    <section aria-labelledby="compare-title" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <h2 id="compare-title" className="sr-only">
        {t('title')}
      </h2>
      <CompareForm
        // Another choice in the address is another text in the field.
        key={chosen}
        chosen={chosen}
        example={company.orderIdExample}
        onChoose={(order) => {
          // The same one again: as it is now.
          if (order !== null && order === chosen)
            void client.resetQueries({ queryKey: chosenJourneyQuery(order).queryKey })
          address.write({ compare: order })
        }}
        t={t}
      />
      {chosen === null ? (
        <BesideUsual view={view} company={company} history={history} t={t} />
      ) : (
        <BesideChosen chosen={chosen} view={view} company={company} history={history} t={t} />
      )}
    </section>
  )
}

type BesideProps = Omit<Props, 'address'> & { readonly t: CompareWords }

function BesideUsual({ history, t, ...shown }: BesideProps) {
  if (!history) return <EmptyState title={t('noHistory')}>{t('noHistoryText')}</EmptyState>
  return <Comparison {...shown} other={null} history={history} t={t} />
}

function BesideChosen({ chosen, ...shown }: BesideProps & { readonly chosen: string }) {
  const { view, t } = shown
  const itself = chosen === view.orderId
  const query = useQuery({ ...chosenJourneyQuery(chosen), enabled: !itself })
  const { data: other, error, isLoading } = query
  // The server knows a number however it is typed.
  if (itself || other?.orderId === view.orderId) return <Said>{t('same')}</Said>
  if (isLoading) return <Said>{t('reading', { order: chosen })}</Said>
  if (error) return <Said>{toFailure(error, t)}</Said>
  return other ? <Comparison {...shown} other={other} /> : null
}

const Said = ({ children }: { readonly children: string }) => (
  <p role="status" className="text-sm">
    {children}
  </p>
)

/** By the status of the answer. */
function toFailure({ status }: Unanswered, t: CompareWords): string {
  if (status === 400) return t('failed.not-a-number')
  if (status === 404) return t('failed.unknown')
  return t(status === 403 ? 'failed.not-allowed' : 'failed.silent')
}
