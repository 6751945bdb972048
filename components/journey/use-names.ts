import { useLocale, useTranslations } from 'next-intl'
import {
  type CompanyView,
  nameChannel,
  nameMilestone,
  nameStatus,
  nameSystem,
} from '@/lib/contract/company'
import { toLocale } from '@/lib/format/locale'
import type { FileFact } from '@/lib/journey/fact'

/** The names of a company's systems, statuses and sources in the reader's language. */
export function useNames(company: CompanyView) {
  const locale = toLocale(useLocale())
  const t = useTranslations('sources')
  const system = (id: string) => nameSystem(company, id, locale)

  return {
    system,
    status: (id: string) => nameStatus(company, id, locale),
    channel: (id: string) => nameChannel(company, id, locale),
    milestone: (id: string) => nameMilestone(company, id, locale),
    file: (state: FileFact['state']) => t(`file.${state}`),
    /** Of `orders:<database>`, or of one of the others by its name. */
    source(id: string): string {
      if (isNamed(id)) return t(id)
      const database = id.replace(/^orders:/, '')
      if (database === id) return id
      const systems = company.databases[database]?.map(system)
      return t('orders', { systems: systems?.join(', ') || database })
    },
    /** The class of a lane's colour, by its place and never by its name. */
    laneClass(id: string): string {
      const index = company.systems.findIndex((one) => one.id === id)
      return `lane-${index === -1 ? 7 : (index % 8) + 1}`
    },
  }
}

const NAMED = ['jaeger', 'rabbitmq', 's3', 'prometheus'] as const

const isNamed = (id: string): id is (typeof NAMED)[number] => NAMED.some((one) => one === id)

export type Names = ReturnType<typeof useNames>
