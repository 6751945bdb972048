import { EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { BlindSpot, SourceReport } from '@/lib/journey/journey'
import { GoingOnText } from '../going-on'
import { toSpotKey, useBlindSpotText } from './use-blind-spot-text'

type Props = {
  readonly spots: readonly BlindSpot[]
  readonly sources: readonly SourceReport[]
  readonly now: number
  readonly company: CompanyView
  /** False while traces are still read: then nothing can be said of what is not seen. */
  readonly complete: boolean
}

/** What could not be seen, and why it says nothing about the order. */
export function BlindSpots({ spots, sources, now, company, complete }: Props) {
  const t = useTranslations('blindSpots')
  const coming = useTranslations('headline')
  const tell = useBlindSpotText({ sources, company })
  return (
    <section id="blind-spots" aria-labelledby="blind-spots-title" className="card">
      <h2 id="blind-spots-title" className="px-3 pt-2.5 text-sm font-semibold">
        {t('title')}
      </h2>
      {spots.length === 0 ? (
        <p className="px-3 py-2 text-sm text-muted">
          {complete ? t('none') : coming('tracesComing')}
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {spots.map((spot) => (
            <li key={toSpotKey(spot)} className="flex gap-2 px-3 py-2 text-sm">
              <EyeOff aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-muted" />
              <span>
                <GoingOnText told={now} tell={(moment) => tell(spot, moment)} />
                <Columns spot={spot} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** The technical names, for who looks after the source. */
function Columns({ spot: { code, values } }: { readonly spot: BlindSpot }) {
  const columns = code === 'not-kept' ? (values.column ?? values.columns ?? values.mark) : undefined
  if (columns === undefined) return null
  return <span className="block font-mono text-xs text-muted">{columns}</span>
}
