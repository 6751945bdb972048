import { useTranslations } from 'next-intl'
import type { SourceNote } from '@/lib/journey/journey'
import { useTimes } from '../use-times'

/** The words for closed codes of sources, for a code of a later version, too. */
export function useNotes() {
  const t = useTranslations('sources')
  const times = useTimes()
  return {
    reason: (code: string) => t(t.has(`reason.${code}`) ? `reason.${code}` : 'reason.unknown'),
    note({ code, values }: SourceNote): string {
      return t(`note.${code}`, {
        count: findCount(values),
        what: toWords(values, (at) => times.instant(at, 'minute')),
      })
    },
  }
}

type Values = SourceNote['values']

/** The count of a note is its first number. */
const findCount = (values: Values): number =>
  Object.values(values).find((value) => typeof value === 'number') ?? 0

/** The names, then the stretch of time in question, else the numbers. */
function toWords({ from, until, ...others }: Values, tell: (at: number) => string): string {
  const rest = Object.values(others).toSorted((a, b) => Number(isCount(a)) - Number(isCount(b)))
  const stretch = isCount(from) && isCount(until) ? [`${tell(from)} – ${tell(until)}`] : []
  return [...rest, ...stretch].join(', ') || '—'
}

const isCount = (value: unknown) => typeof value === 'number'
