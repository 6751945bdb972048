// Long because a stage that was and one that is to come are cells of one bar, and look alike.
import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { ComingStage, ExpectedStage, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { useGoingOn } from '../going-on'
import { TickingDuration } from '../headline/ticking-duration'
import { isForBrowser } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { LevelBadge } from './level-badge'
import { LimitMeter } from './limit-meter'
import { toWait, useLimitWords, waitAt } from './use-limit-words'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  /** The address of a stage's details. */
  readonly toHref: (stage: Stage) => string
  readonly onChoose?: (stage: Stage) => void
}

/** The stages in the order they were entered, and faintly those still to come. */
export function StageBar({ view, company, toHref, onChoose }: Props) {
  const t = useTranslations('stages')
  if (view.stages.length === 0) return <p className="text-sm text-muted">{t('none')}</p>
  const restsOn = view.expected[0]?.restsOn
  const overdueSince = view.stages.at(-1)?.limit?.criticalAt ?? null
  return (
    <div>
      <ol
        aria-label={t('title')}
        className="card grid overflow-hidden sm:grid-cols-[repeat(auto-fit,minmax(7.25rem,1fr))] print:grid-cols-5"
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
            now={view.now}
            href={toHref(stage)}
            {...(onChoose && { onChoose })}
          />
        ))}
        {view.coming.map((stage, index) => (
          <Coming
            key={stage.status}
            stage={stage}
            expected={view.expected[index]}
            now={view.now}
            next={index === 0}
            due={index === 0 && restsOn === 'limits-from-now' ? overdueSince : null}
            company={company}
          />
        ))}
      </ol>
      {restsOn && <p className="px-1 pt-1 text-xs text-muted">{t(`restsOn.${restsOn}`)}</p>}
    </div>
  )
}

type EnteredProps = {
  readonly stage: Stage
  readonly company: CompanyView
  /** The how-manieth stay in this status. */
  readonly entry: number
  readonly current: boolean
  readonly now: number
  readonly href: string
  readonly onChoose?: (stage: Stage) => void
}

const CELL =
  'relative flex h-full flex-wrap items-center gap-x-2 gap-y-1 px-3 py-2 sm:flex-col sm:px-2.5 sm:items-stretch'
const EDGE = '-ml-px -mt-px border-t border-l border-line'

function Entered({ stage, company, entry, current, now, href, onChoose }: EnteredProps) {
  const t = useTranslations('stages')
  const names = useNames(company)
  const times = useTimes()
  const words = useLimitWords()
  const reasons = useTranslations('approximate')
  const status = names.status(stage.status)
  const wait = toWait(stage)
  const short = useGoingOn(now, (moment) => (wait && words.short(waitAt(wait, moment))) ?? '')
  const level = stage.limit || stage.level !== 'ok' ? stage.level : 'none'
  return (
    <li className={`${EDGE} ${names.laneClass(stage.system)} ${current ? 'bg-sunken' : ''}`}>
      <a
        href={href}
        aria-current={current ? 'step' : undefined}
        onClick={(event) => {
          if (!onChoose || isForBrowser(event)) return
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
          {stage.approximate && <abbr title={reasons(stage.approximate)}>≈ </abbr>}
          <Dwell stage={stage} current={current} now={now} />
        </span>
        {stage.limit && (
          <span className="block w-full">
            <LimitMeter stage={stage} />
            <span className="mt-1 flex flex-wrap gap-x-2 text-xs text-muted sm:block">
              {short && <span className={`level-${level} block text-(--level)`}>{short}</span>}
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

type DwellProps = Pick<EnteredProps, 'stage' | 'current' | 'now'>

function Dwell({ stage, current, now }: DwellProps) {
  const times = useTimes()
  if (stage.clock === 'business' && stage.businessDwell !== null)
    return times.duration(stage.businessDwell, 'business')
  if (current && stage.left === null) return <TickingDuration ms={stage.dwell} told={now} />
  return times.duration(stage.dwell)
}

type ComingProps = {
  readonly stage: ComingStage
  /** When it is due by the limits, where they bound it. */
  readonly expected: ExpectedStage | undefined
  readonly now: number
  readonly next: boolean
  /** When it was due at the latest, where that has passed. */
  readonly due: number | null
  readonly company: CompanyView
}

function Coming({ stage, expected, now, next, due, company }: ComingProps) {
  const t = useTranslations('stages')
  const names = useNames(company)
  const times = useTimes()
  const today = times.day(now)
  const tell = (at: number) => (times.day(at) === today ? times.clock(at, 'minute') : times.day(at))
  return (
    <li
      className={`${EDGE} ${names.laneClass(stage.system)} border-dashed text-muted ${next ? 'outline-2 -outline-offset-3 outline-dashed outline-line-strong' : ''}`}
    >
      <div className={CELL}>
        <Lane name={names.system(stage.system)} faint />
        <span className="text-sm leading-tight sm:min-h-9">
          <bdi>{names.status(stage.status)}</bdi>
        </span>
        <span className="ml-auto text-xs sm:ml-0">{t(next ? 'next' : 'coming')}</span>
        {expected && (
          <span className="w-full text-xs">
            {due === null ? (
              <>
                <span className="sm:block">{t('planned', { at: tell(expected.planned) })}</span>
                <span aria-hidden="true" className="sm:hidden">
                  {' · '}
                </span>
                <span className="sm:block">{t('latest', { at: tell(expected.from) })}</span>
              </>
            ) : (
              t('wasDue', { at: tell(due) })
            )}
          </span>
        )}
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
