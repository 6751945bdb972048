import { useTranslations } from 'next-intl'
import type { SourceNote } from '@/lib/journey/journey'

/** The words for closed codes of sources, for a code of a later version, too. */
export function useNotes() {
  const t = useTranslations('sources')
  return {
    reason: (code: string) => t(t.has(`reason.${code}`) ? `reason.${code}` : 'reason.unknown'),
    note({ code, values }: SourceNote): string {
      return t(`note.${code}`, { count: findCount(values), what: findWords(values) })
    },
  }
}

type Values = SourceNote['values']

/** The count of a note is its first number. */
const findCount = (values: Values): number =>
  Object.values(values).find((value) => typeof value === 'number') ?? 0

const findWords = (values: Values): string =>
  [
    ...Object.values(values).filter((value) => typeof value === 'string'),
    ...Object.values(values).filter((value) => typeof value === 'number'),
  ].join(', ') || '—'
