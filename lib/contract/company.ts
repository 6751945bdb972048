import type { Locale } from '@/lib/format/locale'
import type { Pipeline, SystemKind } from '@/lib/journey/pipeline'
import type { Label, Status, SystemId } from '@/lib/journey/types'

type Named = { readonly id: string; readonly label: Label }

/** What a browser needs to know of the company's pipeline: names and the order of lanes, no rules. */
export type CompanyView = {
  readonly name: Label
  readonly environment: string
  readonly defaultLocale: Locale
  readonly timeZone: string
  /** An id that fits the company's pattern, for the empty look-up box. */
  readonly orderIdExample: string
  /** From top to bottom. */
  readonly systems: readonly (Named & { readonly kind: SystemKind })[]
  /** In order of rank. */
  readonly statuses: readonly Named[]
  readonly channels: readonly Named[]
  /** The points of the checklist. */
  readonly milestones: readonly Named[]
  /** Which systems' records an order database holds, by its name. */
  readonly databases: Readonly<Record<string, readonly SystemId[]>>
}

/** The names of a pipeline without its rules, patterns and limits. */
export function toCompanyView(pipeline: Pipeline): CompanyView {
  return {
    name: pipeline.name,
    environment: pipeline.environment,
    defaultLocale: pipeline.defaultLocale,
    timeZone: pipeline.calendar.timeZone,
    orderIdExample: pipeline.orderId.example,
    systems: pipeline.systems.map(({ id, label, kind }) => ({ id, label, kind })),
    statuses: pipeline.statuses.map(({ id, label }) => ({ id, label })),
    channels: pipeline.channels.map(({ id, label }) => ({ id, label })),
    milestones: pipeline.milestones.map(({ id, label }) => ({ id, label })),
    databases: Object.fromEntries(
      Object.keys(pipeline.databases).map((name) => [
        name,
        pipeline.systems.filter(({ database }) => database === name).map(({ id }) => id),
      ]),
    ),
  }
}

/** The label of a system; its id where the pipeline does not name it. */
export const nameSystem = (company: CompanyView, id: SystemId, locale: Locale): string =>
  nameOf(company.systems, id, locale)

/** The label of a status; its id where the pipeline does not name it. */
export const nameStatus = (company: CompanyView, id: Status, locale: Locale): string =>
  nameOf(company.statuses, id, locale)

/** The label of a channel; its id where the pipeline does not name it. */
export const nameChannel = (company: CompanyView, id: string, locale: Locale): string =>
  nameOf(company.channels, id, locale)

/** The label of a point of the checklist; its id where the pipeline does not name it. */
export const nameMilestone = (company: CompanyView, id: string, locale: Locale): string =>
  nameOf(company.milestones, id, locale)

const nameOf = (named: readonly Named[], id: string, locale: Locale) =>
  named.find((one) => one.id === id)?.label[locale] ?? id
