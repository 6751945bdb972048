import { useLocale, useTranslations } from 'next-intl'
import {
  type CompanyView,
  nameChannel,
  nameMilestone,
  nameStatus,
  nameSystem,
} from '@/lib/contract/company'
import { toLocale } from '@/lib/format/locale'

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
    /** Of `orders:<database>` or `jaeger`. */
    source(id: string): string {
      if (id === 'jaeger') return t('jaeger')
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

export type Names = ReturnType<typeof useNames>
