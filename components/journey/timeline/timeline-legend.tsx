import { useTranslations } from 'next-intl'
import { MarkShape } from '../mark-shape'

const KINDS = [
  'change',
  'row',
  'span',
  'sent',
  'taken',
  'shared',
  'failed',
  'dead-letter',
  'queue',
  'counter',
  'file',
] as const

/** What the shapes mean. */
export function TimelineLegend() {
  const t = useTranslations('timeline')
  return (
    <ul aria-label={t('legend')} className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
      {KINDS.map((kind) => (
        <li key={kind} className="lane-7 flex items-center gap-1.5">
          <span className="text-(--lane)">
            <MarkShape kind={kind} className="size-3" />
          </span>
          {t(`kind.${kind}`)}
        </li>
      ))}
      <li className="has-fill lane-7 flex items-center gap-1.5">
        <span aria-hidden="true" className="span-bar is-span is-many inline-block w-5" />
        {t('kind.many')}
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="ghost-bar h-3 w-5" />
        {t('kind.expected')}
      </li>
      <li className="flex items-center gap-1.5">
        <span aria-hidden="true" className="hatched h-3 w-5 border border-line" />
        {t('kind.unseen')}
      </li>
    </ul>
  )
}
