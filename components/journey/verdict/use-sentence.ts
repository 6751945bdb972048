import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { Because, Finding, Verdict } from '@/lib/journey/finding'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

const NOTHING = '—'

/** Writes the sentence of a verdict, or of a finding beneath it, as it reads at a moment. */
export function useSentence(company: CompanyView, placedBy: JourneyView['placedBy']) {
  const t = useTranslations('verdict')
  const names = useNames(company)
  const times = useTimes()

  const toCause = ({ place, case: how, system, certainty }: Because) =>
    t(`because.${certainty}`, {
      cause: t(`cause.${how ?? place}`, { system: names.system(system) }),
    })

  function toValues({ values, ...one }: Verdict | Finding, now: number) {
    const { from, to, system, status, other, since, oldest, waited, count, source } = values
    const passed = (at: number) => times.duration(Math.max(0, now - at))
    return {
      who: placedBy,
      from: say(from, names.system),
      to: say(to, names.system),
      system: say(system, names.system),
      status: say(status, names.status),
      other: say(other, names.status),
      source: say(source, names.source),
      sources: say(values.sources, (all) => all.map(names.source).join(', ')),
      since: say(since, (at) => times.instant(at, 'minute')),
      age: say(since, passed),
      oldest: say(oldest, passed),
      waited: say(waited, (ms) => times.duration(ms)),
      count: say(count, String),
      counted: isSaid(count),
      aged: isSaid(oldest),
      named: isSaid(system),
      working: isSaid(other),
      sure: one.certainty ?? 'none',
      because: 'because' in one && one.because ? toCause(one.because) : '',
      told: t('told'),
    }
  }

  return (one: Verdict | Finding, now: number): string => {
    const values = toValues(one, now)
    if ('kind' in one && one.kind === 'unknown-status') return t('unknownStatus', values)
    if ('kind' in one && one.kind === 'on-track') return t(`onTrack.${one.case}`, values)
    const also = one.also ? t(`also.${one.also}`, values) : ''
    const sentence = t(keyOf(one), values)
    return `${sentence} ${also}`.replaceAll(/ {2,}/g, ' ').trim()
  }
}

type Key = Parameters<ReturnType<typeof useTranslations<'verdict'>>>[0]

/** Each pair of a finding and one of its cases has a text: a test says so. */
const keyOf = ({ id, case: name }: Finding) => `support.${id}.${name}` as Key

const say = <T>(value: T | undefined, name: (value: T) => string) =>
  value === undefined ? NOTHING : name(value)

const isSaid = (value: unknown) => (value === undefined ? 'no' : 'yes')
