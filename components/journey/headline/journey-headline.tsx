// Long because it is all that somebody on the phone is told, with every case in which less is known.
import { CircleHelp, EyeOff, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { ExactId } from '@/components/ui/exact-id'
import type { CompanyView } from '@/lib/contract/company'
import type { Current, Stage } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import { GoingOnText } from '../going-on'
import { Instant } from '../instant'
import { LevelBadge } from '../levels/level-badge'
import { LimitMeter } from '../levels/limit-meter'
import { toWait, useLimitWords, waitAt } from '../levels/use-limit-words'
import { firstNotices } from '../sources/first-notices'
import { toSpotKey, useBlindSpotText } from '../sources/use-blind-spot-text'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'
import { DuplicateNotice } from './duplicate-notice'
import { StandingStill } from './standing-still'
import { TickingDuration } from './ticking-duration'

type Props = {
  readonly view: JourneyView
  readonly company: CompanyView
  /** Buttons beside the order number. */
  readonly actions?: ReactNode
  /** Why it is where it is. */
  readonly answer?: ReactNode
}

/** Where is this order, since when, whose turn is it: what somebody on the phone reads first. */
export function JourneyHeadline({ view, company, actions, answer }: Props) {
  const t = useTranslations('headline')
  const names = useNames(company)
  const { current } = view
  const number = findPartnerNumber(view)
  const stage = current ? view.stages[current.stage] : undefined
  const judged = stage?.limit || current?.level !== 'ok'
  const level =
    view.verdict?.kind === 'finding'
      ? view.verdict.level
      : current && judged
        ? current.level
        : 'none'
  return (
    <section
      aria-labelledby="order-title"
      className={`card level-${level} overflow-hidden border-l-[6px] border-l-(--level)`}
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 sm:px-5">
        <h1 id="order-title" className="text-sm text-muted">
          {t('order')} <ExactId id={view.orderId} className="font-semibold text-ink" />
        </h1>
        {view.channel && <span className="text-sm text-muted">{names.channel(view.channel)}</span>}
        {number && (
          <span className="text-sm text-muted">
            <bdi>{t('partnerNumber', { number })}</bdi>
          </span>
        )}
        <div className="ml-auto flex flex-wrap items-center gap-1 print:hidden">{actions}</div>
      </div>
      <div className="px-4 py-4 sm:px-5 sm:py-5">
        {answer}
        {current ? (
          <Known current={current} stage={stage} view={view} company={company} />
        ) : (
          <NoStatus view={view} company={company} />
        )}
        <DuplicateNotice view={view} company={company} />
        {view.verdict?.kind !== 'finding' && <StandingStill view={view} company={company} />}
        <Unseen view={view} company={company} />
      </div>
    </section>
  )
}

/** The order's number at the partner who sent it, as any record that this viewer may see has it. */
const findPartnerNumber = ({ facts }: JourneyView) =>
  facts.find(({ attributes }) => attributes.partner_order_no !== undefined)?.attributes
    .partner_order_no

type KnownProps = Props & { readonly current: Current; readonly stage: Stage | undefined }

function Known({ current, stage, view, company }: KnownProps) {
  const t = useTranslations('headline')
  const turns = useTranslations('turn')
  const reasons = useTranslations('approximate')
  const names = useNames(company)
  const times = useTimes()
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="text-status font-semibold tracking-[-0.02em] text-balance">
          <bdi>{names.status(current.status)}</bdi>
        </p>
        <span className="pb-1">
          <LevelBadge
            level={current.level}
            judged={Boolean(stage?.limit)}
            ended={current.terminal}
          />
        </span>
      </div>
      <p
        className={`mt-1 flex items-center gap-1.5 text-sm text-muted ${names.laneClass(current.system)}`}
      >
        <span aria-hidden="true" className="size-2 rounded-full bg-(--lane)" />
        {t('in', { system: names.system(current.system) })}
      </p>

      <dl className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2 lg:grid-cols-4 print:grid-cols-4 print:gap-x-4">
        <Answer term={t('since')}>
          <Instant at={current.since} precision="minute" zone />
          <Beside>
            <GoingOnText told={view.now} tell={(now) => times.relative(current.since, now)} />
            {current.approximate && (
              <>
                {' · '}
                <abbr title={reasons(current.approximate)} className="cursor-help">
                  ≈ {t('approximate')}
                </abbr>
              </>
            )}
          </Beside>
        </Answer>
        <Answer term={t('dwell')}>
          <Dwell stage={stage} terminal={current.terminal} since={current.since} now={view.now} />
        </Answer>
        <Answer term={t('turn')}>{turns(current.turn)}</Answer>
        <CustomerPromise view={view} />
      </dl>

      {!current.known && <Remark>{t('unknownStatus')}</Remark>}
      {current.copyOf && <Remark>{t('copyOf', { system: names.system(current.copyOf) })}</Remark>}
      {current.approximate && <Remark>{reasons(current.approximate)}</Remark>}
    </>
  )
}

/** No record says where it is; what traces saw last is still worth saying. */
function NoStatus({ view, company }: Props) {
  const t = useTranslations('headline')
  const names = useNames(company)
  const times = useTimes()
  const onlyTraces = view.blindSpots.some(({ code }) => code === 'only-traces')
  const last = view.facts.findLast((fact) => fact.kind === 'span' && !fact.shared)
  return (
    <div>
      <p className="text-status font-semibold tracking-tight">
        {t(onlyTraces ? 'onlyTracesTitle' : 'noStatusTitle')}
      </p>
      <p className="mt-2 max-w-prose text-muted">
        {t(onlyTraces ? 'onlyTracesText' : 'noStatusText')}
      </p>
      {last?.kind === 'span' && (
        <p className="mt-2 max-w-prose">
          {t(last.failed ? 'lastFailed' : 'lastSeen', {
            step: `${last.service} · ${last.name}`,
            system: names.system(last.system),
            at: times.instant(last.at),
          })}
        </p>
      )}
    </div>
  )
}

type DwellProps = {
  readonly stage: Stage | undefined
  readonly terminal: boolean
  readonly since: number
  readonly now: number
}

function Dwell({ stage, terminal, since, now }: DwellProps) {
  const t = useTranslations('headline')
  const times = useTimes()
  const words = useLimitWords()
  if (terminal) return <>{t('ended')}</>
  const wait = stage && toWait(stage)
  const business = stage?.clock === 'business' && stage.businessDwell !== null
  return (
    <>
      {business ? (
        times.duration(stage.businessDwell ?? 0, 'business')
      ) : (
        <TickingDuration ms={stage?.dwell ?? now - since} told={now} />
      )}
      {stage?.limit ? (
        <>
          <span className="mt-1.5 block max-w-56">
            <LimitMeter stage={stage} />
          </span>
          <Beside>
            {wait && (
              <GoingOnText told={now} tell={(moment) => words.against(waitAt(wait, moment))} />
            )}
          </Beside>
          <Beside>
            {words.goals(stage.limit)}; {words.clock(stage.limit)}
          </Beside>
        </>
      ) : (
        <Beside>{t('noLimit')}</Beside>
      )}
    </>
  )
}

function CustomerPromise({ view: { promise } }: { readonly view: JourneyView }) {
  const t = useTranslations('headline')
  const times = useTimes()
  if (!promise) return null
  const { limit, kept, level } = promise
  return (
    <Answer term={t('promise')}>
      {kept === null ? times.day(limit.criticalAt) : times.day(kept)}
      <Beside>
        {kept === null
          ? t('promiseOpen', {
              warn: times.day(limit.warnAt),
              critical: times.day(limit.criticalAt),
            })
          : t('promiseKept', { at: times.instant(kept, 'day') })}
      </Beside>
      {level !== 'ok' && <LevelBadge level={level} />}
    </Answer>
  )
}

function Unseen({ view, company }: Pick<Props, 'view' | 'company'>) {
  const t = useTranslations('headline')
  const { blindSpots, disagreements, complete } = view
  return (
    <>
      <ul className="mt-4 flex min-h-10 flex-wrap items-center gap-2 border-t border-line pt-3 text-sm">
        {!complete && (
          <li>
            <Badge icon={<CircleHelp aria-hidden="true" className="size-3.5" />}>
              {t('tracesComing')}
            </Badge>
          </li>
        )}
        {blindSpots.length > 0 && (
          <li>
            <a href="#blind-spots">
              <Badge icon={<EyeOff aria-hidden="true" className="size-3.5" />}>
                {t('unseen', { count: blindSpots.length })}
              </Badge>
            </a>
          </li>
        )}
        {disagreements.length > 0 && (
          <li>
            <a href="#disagreements">
              <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" className="size-3.5" />}>
                {t('disagree', { count: disagreements.length })}
              </Badge>
            </a>
          </li>
        )}
        {complete && blindSpots.length === 0 && <li className="text-muted">{t('allSeen')}</li>}
      </ul>
      {complete && <Notices view={view} company={company} />}
    </>
  )
}

/** What hides something, in words; on paper they stand further down. */
function Notices({ view, company }: Pick<Props, 'view' | 'company'>) {
  const tell = useBlindSpotText({ sources: view.sources, company })
  const notices = firstNotices(view.blindSpots)
  if (notices.length === 0) return null
  return (
    <ul className="mt-2 grid max-w-prose gap-1 text-sm text-muted print:hidden">
      {notices.map((spot) => (
        <li key={toSpotKey(spot)}>
          <GoingOnText told={view.now} tell={(now) => tell(spot, now)} />
        </li>
      ))}
    </ul>
  )
}

type AnswerProps = { readonly term: string; readonly children: ReactNode }

const Answer = ({ term, children }: AnswerProps) => (
  <div>
    <dt className="eyebrow">{term}</dt>
    <dd className="mt-1 text-lg font-medium">{children}</dd>
  </div>
)

const Beside = ({ children }: { readonly children: ReactNode }) => (
  <span className="mt-0.5 block text-sm font-normal text-muted">{children}</span>
)

const Remark = ({ children }: { readonly children: ReactNode }) => (
  <p className="mt-3 max-w-prose text-sm text-muted">{children}</p>
)
