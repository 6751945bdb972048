'use client'

// Long, because a table of twenty thousand rows and one of twenty are the same one.
import { useVirtualizer } from '@tanstack/react-virtual'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useRef } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import type { CompanyView } from '@/lib/contract/company'
import type { FactView, JourneyView } from '@/lib/journey/journey-view'
import { findActor, nameFact, toMarkKind } from '../describe-fact'
import { MarkShape } from '../mark-shape'
import { type ClockChoice, timeOf } from '../timeline/sort-lanes'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { toTsv } from './to-tsv'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  readonly clock: ClockChoice
  readonly pinned: string | null
  readonly onPin: (factId: string | null) => void
}

type Row = {
  readonly fact: FactView
  readonly at: number
  /** Milliseconds since the fact before; null for the first. */
  readonly since: number | null
}

type Column = {
  readonly id: string
  readonly label: string
  readonly numeric?: boolean
  /** Characters, where rows come and go: a column keeps its place whatever is drawn just then. */
  readonly width: number
  readonly cell: (row: Row) => ReactNode
  /** For a spreadsheet: times and durations as numbers and in UTC. */
  readonly raw: (row: Row) => string | number | null
}

/** More rows than this are drawn only where they are seen; screen readers still know how many there are. */
const ALL_DRAWN = 300
const ROW_HEIGHT = 29

/** The facts of the timeline for who cannot see it, or would rather read or take them along. */
export function FactTable({ view, company, clock, pinned, onPin }: Props) {
  const t = useTranslations('timeline')
  const columns = useColumns(view, company)
  const rows = useMemo(() => toRows(view.facts, clock), [view, clock])
  const scroller = useRef<HTMLElement>(null)
  const virtual = rows.length > ALL_DRAWN
  const virtualizer = useVirtualizer({
    count: rows.length,
    enabled: virtual,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  })
  const items = virtual
    ? virtualizer.getVirtualItems()
    : rows.map((_, index) => ({ index, start: index * ROW_HEIGHT, end: 0 }))
  const above = virtual ? (items[0]?.start ?? 0) : 0
  const below = virtual ? virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const copy = () =>
    toTsv([
      columns.map(({ label }) => label),
      ...rows.map((row) => columns.map(({ raw }) => raw(row))),
    ])

  return (
    <div className="grid gap-2">
      <span className="flex items-center gap-3">
        <CopyButton text={copy}>{t('copyTable')}</CopyButton>
        <span className="text-xs text-muted">{t('marks', { count: rows.length })}</span>
      </span>
      <section
        ref={scroller}
        aria-label={t('asTable')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="card max-h-[36rem] overflow-auto overscroll-contain"
      >
        <table
          aria-rowcount={rows.length + 1}
          className={`w-full border-collapse text-sm whitespace-nowrap [overflow-wrap:normal] ${virtual ? 'table-fixed' : ''}`}
        >
          <caption className="sr-only">{t('asTable')}</caption>
          {virtual && (
            <colgroup>
              {columns.map(({ id, width }) => (
                <col key={id} style={{ width: `${width}ch` }} />
              ))}
            </colgroup>
          )}
          <thead className="sticky top-0 z-10 bg-surface">
            <tr aria-rowindex={1} className="text-left text-xs text-muted">
              {columns.map(({ id, label, numeric }) => (
                <th
                  key={id}
                  scope="col"
                  className={`border-b border-line px-3 py-2 font-medium ${numeric ? 'text-right' : ''}`}
                >
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Spacer height={above} span={columns.length} />}
            {items.map(({ index }) => {
              const row = rows[index]
              if (!row) return null
              return (
                <tr
                  key={row.fact.id}
                  aria-rowindex={index + 2}
                  className={`border-b border-line last:border-0 hover:bg-sunken ${row.fact.id === pinned ? 'bg-sunken font-medium' : ''}`}
                >
                  <th scope="row" className="px-3 py-1 text-left font-normal">
                    <button
                      type="button"
                      aria-pressed={row.fact.id === pinned}
                      className="hover:underline"
                      onClick={() => onPin(row.fact.id === pinned ? null : row.fact.id)}
                    >
                      {columns[0]?.cell(row)}
                    </button>
                  </th>
                  {columns.slice(1).map(({ id, cell, numeric }) => (
                    <td key={id} className={`truncate px-3 py-1 ${numeric ? 'text-right' : ''}`}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              )
            })}
            {below > 0 && <Spacer height={below} span={columns.length} />}
          </tbody>
        </table>
      </section>
    </div>
  )
}

type SpacerProps = { readonly height: number; readonly span: number }

/** Stands for rows that are not drawn. */
const Spacer = ({ height, span }: SpacerProps) => (
  // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus
  <tr aria-hidden="true">
    <td colSpan={span} style={{ height, padding: 0 }} />
  </tr>
)

function toRows(facts: readonly FactView[], clock: ClockChoice): readonly Row[] {
  const timed = facts.map((fact) => ({ fact, at: timeOf(fact, clock) }))
  const sorted = clock === 'recorded' ? timed : timed.sort((a, b) => a.at - b.at)
  return sorted.map((row, index) => {
    const before = sorted[index - 1]
    return { ...row, since: before ? row.at - before.at : null }
  })
}

function useColumns(view: JourneyView, company: CompanyView): readonly Column[] {
  const t = useTranslations('timeline')
  const words = useTranslations('fact')
  const names = useNames(company)
  const times = useTimes()
  const isMoved = view.facts.some((fact) => fact.kind === 'span' && fact.clockShift !== 0)
  const kindOf = ({ fact }: Row) => t(`kind.${toMarkKind(fact)}`)
  const shiftOf = ({ fact }: Row) => (fact.kind === 'span' ? fact.clockShift : 0)
  const durationOf = ({ fact }: Row) => (fact.kind === 'span' ? fact.duration : null)
  /** A person's doing is in the history; who wrote a span is its service. */
  const actorOf = ({ fact }: Row) =>
    findActor(fact) ?? (fact.kind === 'change' ? words('notKept') : null)
  return [
    {
      id: 'at',
      width: 27,
      label: `${words('at')}, ${times.zone(view.now)}`,
      cell: ({ at }) => times.instant(at, 'millisecond'),
      raw: ({ at }) => new Date(at).toISOString(),
    },
    {
      id: 'since',
      width: 16,
      label: t('since'),
      numeric: true,
      cell: ({ since }) => (since === null ? '–' : times.duration(since)),
      raw: ({ since }) => since,
    },
    {
      id: 'system',
      width: 26,
      label: words('system'),
      cell: ({ fact }) => names.system(fact.system),
      raw: ({ fact }) => names.system(fact.system),
    },
    {
      id: 'kind',
      width: 22,
      label: words('spanKind'),
      cell: (row) => (
        <span className={`inline-flex items-center gap-1.5 ${names.laneClass(row.fact.system)}`}>
          <span className="text-(--lane)">
            <MarkShape kind={toMarkKind(row.fact)} className="size-3" />
          </span>
          {kindOf(row)}
        </span>
      ),
      raw: kindOf,
    },
    {
      id: 'what',
      width: 44,
      label: words('title'),
      cell: ({ fact }) => <bdi>{nameFact(fact, names)}</bdi>,
      raw: ({ fact }) => nameFact(fact, names),
    },
    {
      id: 'duration',
      width: 14,
      label: words('duration'),
      numeric: true,
      cell: ({ fact }) => (fact.kind === 'span' ? times.duration(fact.duration) : null),
      raw: durationOf,
    },
    {
      id: 'who',
      width: 18,
      label: t('who'),
      cell: (row) => actorOf(row) ?? '–',
      raw: actorOf,
    },
    ...(isMoved
      ? [
          {
            id: 'shift',
            width: 14,
            label: t('clock.shift'),
            numeric: true,
            cell: (row: Row) => (shiftOf(row) === 0 ? '–' : times.shift(shiftOf(row))),
            raw: shiftOf,
          },
        ]
      : []),
    {
      id: 'source',
      width: 34,
      label: words('source'),
      cell: ({ fact }) => names.source(fact.source),
      raw: ({ fact }) => names.source(fact.source),
    },
    {
      id: 'trace',
      width: 13,
      label: words('trace'),
      cell: ({ fact }) =>
        fact.kind === 'span' ? (
          <span className="font-mono text-xs text-muted">{fact.traceId.slice(-8)}</span>
        ) : null,
      raw: ({ fact }) => (fact.kind === 'span' ? fact.traceId : null),
    },
  ]
}
