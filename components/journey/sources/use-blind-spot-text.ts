import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { BlindSpot, SourceReport } from '@/lib/journey/journey'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { useNotes } from './use-notes'

type About = { readonly sources: readonly SourceReport[]; readonly company: CompanyView }

/** Writes the sentence for a blind spot; what its code does not bring is taken from the source's report. */
export function useBlindSpotText({ sources, company }: About) {
  const t = useTranslations('blindSpots')
  const names = useNames(company)
  const notes = useNotes()
  const times = useTimes()
  return ({ code, source, system, values }: BlindSpot, now: number): string => {
    const report = sources.find((one) => one.source === source)
    const asOf = report?.asOf ?? null
    const { since, from } = values
    return t(code, {
      source: source ? names.source(source) : '—',
      system: system ? names.system(system) : source ? names.source(source) : '—',
      reason: notes.reason(report?.reason ?? String(values.reason ?? 'unknown')),
      age: asOf === null ? '?' : times.duration(toSeconds(now - asOf)),
      status: names.status(String(values.status ?? '—')),
      count: Number(values.count ?? 0),
      dated: since === undefined ? 'no' : 'yes',
      since: since === undefined ? '—' : times.instant(Number(since), 'minute'),
      between: from === undefined ? 'no' : 'yes',
      from: from === undefined ? '—' : names.system(String(from)),
      channels: String(values.channels ?? '—')
        .split(', ')
        .map(names.channel)
        .join(', '),
    })
  }
}

export const toSpotKey = ({ code, source, system, values }: BlindSpot) =>
  `${code}${source}${system}${JSON.stringify(values)}`

const toSeconds = (ms: number) => ms - (ms % 1_000)
