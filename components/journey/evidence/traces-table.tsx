import { useTranslations } from 'next-intl'
import { EmptyState } from '@/components/ui/empty-state'
import { Table } from '@/components/ui/table'
import type { TraceSummary } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { Instant } from '../instant'
import { useTimes } from '../use-times'
import { TraceLink } from './detail-rows'

/** The traces of one order, each with its way out to the trace store. */
export function TracesTable({ view }: { readonly view: JourneyView }) {
  const t = useTranslations('traces')
  const coming = useTranslations('timeline')
  const times = useTimes()
  const { traces, traceUrl, complete, sources, spansWithheld, blindSpots } = view
  if (traces.length === 0) {
    if (spansWithheld) return <EmptyState title={t('withheld')} />
    if (!complete) return <EmptyState title={coming('coming')} />
    const blind = sources.some(({ source, state }) => source === 'jaeger' && state === 'missing')
    if (blind) return <EmptyState title={t('emptyBlind')} />
    const old = blindSpots.find(({ code }) => code === 'past-retention')
    if (old) return <EmptyState title={t('emptyOld', { days: Number(old.values.days) })} />
    return <EmptyState title={t('empty')} />
  }

  const notesOn = (trace: TraceSummary) =>
    [
      trace.contextBroken && t('broken'),
      trace.orphanCount > 0 && t('orphans', { count: trace.orphanCount }),
      trace.gap && t(`gap.${trace.gap}`),
      trace.sharedCount > 0 && t('shared', { count: trace.sharedCount }),
      trace.otherOrders > 0 && t('others', { count: trace.otherOrders }),
      trace.linkedTraceIds.length > 0 && t('linked', { count: trace.linkedTraceIds.length }),
    ]
      .filter(Boolean)
      .join(', ')

  return (
    <Table
      caption={t('caption')}
      rows={traces}
      toKey={({ traceId }) => traceId}
      columns={[
        {
          id: 'trace',
          label: t('trace'),
          heads: true,
          cell: ({ traceId }) => <TraceLink traceId={traceId} traceUrl={traceUrl} />,
        },
        {
          id: 'started',
          label: `${t('started')}, ${times.zone(view.now)}`,
          cell: ({ started }) => (
            <span className="whitespace-nowrap">
              <Instant at={started} />
            </span>
          ),
        },
        {
          id: 'duration',
          label: t('duration'),
          numeric: true,
          cell: ({ started, ended }) => (
            <span className="whitespace-nowrap">{times.duration(ended - started)}</span>
          ),
        },
        {
          id: 'root',
          label: t('root'),
          cell: ({ rootService, rootName }) => (
            <>
              <span className="font-medium">{rootName}</span>
              <span className="block text-xs text-muted">{rootService}</span>
            </>
          ),
        },
        { id: 'services', label: t('services'), cell: ({ services }) => services.join(', ') },
        { id: 'spans', label: t('spans'), numeric: true, cell: ({ spanCount }) => spanCount },
        {
          id: 'errors',
          label: t('errors'),
          numeric: true,
          cell: ({ errorCount }) =>
            errorCount > 0 ? <strong className="text-breach">{errorCount}</strong> : 0,
        },
        {
          id: 'notes',
          label: t('notes'),
          cell: (trace) => <span className="text-muted">{notesOn(trace)}</span>,
        },
      ]}
    />
  )
}
