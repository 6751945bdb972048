import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { ComingStage, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { LevelBadge } from './level-badge'
import { LimitMeter } from './limit-meter'
import { TickingDuration } from './ticking-duration'
import { useNames } from './use-names'
import { useTimes } from './use-times'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  /** The address of a stage's details: its first fact, pinned. */
  readonly toHref: (stage: Stage) => string
  readonly onChoose?: (stage: Stage) => void
}

/** The stages in the order they were entered, and faintly those still to come. */
export function StageBar({ view, company, toHref, onChoose }: Props) {
  const t = useTranslations('stages')
  if (view.stages.length === 0) return <p className="text-sm text-muted">{t('none')}</p>
  return (
    <ol
      aria-label={t('title')}
      className="card grid overflow-hidden sm:grid-cols-[repeat(auto-fit,minmax(7.25rem,1fr))]"
    >
      {view.stages.map((stage, index) => (
        <Entered
          key={`${stage.status}-${stage.entered}`}
          stage={stage}
          company={company}
          entry={
            view.stages.slice(0, index + 1).filter((one) => one.status === stage.status).length
          }
          current={view.current?.stage === index}
          href={toHref(stage)}
          {...(onChoose && { onChoose })}
        />
      ))}
      {view.coming.map((stage) => (
        <Coming key={stage.status} stage={stage} company={company} />
      ))}
    </ol>
  )
}

type EnteredProps = {
  readonly stage: Stage
  readonly company: CompanyView
  /** The how-manieth stay in this status. */
  readonly entry: number
  readonly current: boolean
  readonly href: string
  readonly onChoose?: (stage: Stage) => void
}

const CELL =
  'relative flex h-full flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2 sm:flex-col sm:px-2.5 sm:items-stretch'
const EDGE = '-ml-px -mt-px border-t border-l border-line'

function Entered({ stage, company, entry, current, href, onChoose }: EnteredProps) {
  const t = useTranslations('stages')
  const names = useNames(company)
  const times = useTimes()
  const status = names.status(stage.status)
  const level = stage.limit || stage.level !== 'ok' ? stage.level : 'none'
  return (
    <li className={`${EDGE} ${names.laneClass(stage.system)} ${current ? 'bg-sunken' : ''}`}>
      <a
        href={href}
        aria-current={current ? 'step' : undefined}
        onClick={(event) => {
          if (!onChoose || event.metaKey || event.ctrlKey) return
          event.preventDefault()
          onChoose(stage)
        }}
        className={`${CELL} hover:bg-sunken`}
      >
        <Lane name={names.system(stage.system)} />
        <span
          className={`text-sm leading-tight sm:min-h-9 ${current ? 'font-semibold' : 'font-medium'}`}
        >
          <bdi>{status}</bdi>
          {entry > 1 && (
            <span className="ml-1 inline-flex items-center gap-0.5 text-xs font-normal text-muted">
              <RotateCcw aria-hidden="true" className="size-3" />
              {t('again', { count: entry })}
            </span>
          )}
        </span>
        <span className={`level-${level} ml-auto text-sm text-(--level) sm:ml-0`}>
          {stage.approximate && '≈ '}
          <Dwell stage={stage} current={current} />
        </span>
        {stage.limit && (
          <span className="block w-full">
            <LimitMeter stage={stage} />
            <span className="mt-1 hidden text-xs text-muted sm:block">
              {t('limit', {
                limit: times.duration(stage.limit.critical.ms, stage.limit.critical.clock),
              })}
              {stage.limitToday && (
                <abbr
                  className="ml-1 cursor-help"
                  title={t('limitThen', {
                    limit: times.duration(
                      stage.limitToday.critical.ms,
                      stage.limitToday.critical.clock,
                    ),
                  })}
                >
                  *
                </abbr>
              )}
            </span>
          </span>
        )}
        {level !== 'ok' && level !== 'none' && (
          <span className="w-full">
            <LevelBadge level={stage.level} />
          </span>
        )}
      </a>
    </li>
  )
}

function Dwell({ stage, current }: { readonly stage: Stage; readonly current: boolean }) {
  const times = useTimes()
  if (stage.clock === 'business' && stage.businessDwell !== null)
    return times.duration(stage.businessDwell, 'business')
  if (current && stage.left === null) return <TickingDuration ms={stage.dwell} />
  return times.duration(stage.dwell)
}

function Coming({
  stage,
  company,
}: {
  readonly stage: ComingStage
  readonly company: CompanyView
}) {
  const t = useTranslations('stages')
  const names = useNames(company)
  return (
    <li className={`${EDGE} ${names.laneClass(stage.system)} border-dashed text-muted`}>
      <div className={CELL}>
        <Lane name={names.system(stage.system)} faint />
        <span className="text-sm leading-tight sm:min-h-9">
          <bdi>{names.status(stage.status)}</bdi>
        </span>
        <span className="ml-auto text-xs sm:ml-0">{t('coming')}</span>
      </div>
    </li>
  )
}

const Lane = ({ name, faint = false }: { readonly name: string; readonly faint?: boolean }) => (
  <span className="flex items-center gap-1.5 text-xs text-muted sm:w-full">
    <span
      aria-hidden="true"
      className={`h-3 w-1 shrink-0 rounded-full sm:h-1 sm:w-6 ${faint ? 'border border-(--lane)' : 'bg-(--lane)'}`}
    />
    <span className="hidden sm:block sm:truncate" title={name}>
      {name}
    </span>
    <span className="sr-only sm:hidden">{name}</span>
  </span>
)
