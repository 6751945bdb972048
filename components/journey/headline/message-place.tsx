import { MailQuestionMark, MailWarning, Send } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CompanyView } from '@/lib/contract/company'
import type { Handoff } from '@/lib/journey/journey'
import type { JourneyView } from '@/lib/journey/journey-view'
import type { Located, QueueSeen } from '@/lib/journey/located'
import type { OpensFact } from '../opens-fact'
import { useNames } from '../use-names'
import { useTimes } from '../use-times'

type Props = OpensFact & { readonly view: JourneyView; readonly company: CompanyView }

type Passing = Handoff & { readonly located: Located }

/** Where the message is that an order waits for: of each hand-off that has not arrived, how sure, and since when. */
export function MessagePlace({ view, company, ...opens }: Props) {
  const t = useTranslations('place')
  const open = view.handoffs.filter(isPassing)
  if (view.current?.terminal || open.length === 0) return null
  return (
    <section
      aria-labelledby="place-title"
      className="card grid gap-3 px-4 py-3 sm:px-5 print:hidden"
    >
      <h2 id="place-title" className="text-sm font-semibold">
        {t('title')}
      </h2>
      <ul className="grid gap-3">
        {open.map((passing) => (
          <li key={`${passing.from} ${passing.to} ${passing.status} ${passing.started}`}>
            <Passage passing={passing} view={view} company={company} {...opens} />
          </li>
        ))}
      </ul>
      <LastHop view={view} company={company} />
    </section>
  )
}

const isPassing = (handoff: Handoff): handoff is Passing =>
  handoff.located !== null &&
  handoff.located.place !== 'saved' &&
  (handoff.state === 'open' || handoff.state === 'unseen')

const SIGNS = {
  'not-sent': MailWarning,
  'in-queue': Send,
  'being-handled': Send,
  'set-aside': MailWarning,
  'handled-not-saved': MailWarning,
  saved: Send,
  unknown: MailQuestionMark,
} as const

type PassageProps = Props & { readonly passing: Passing }

function Passage({ passing, view, company, toHref, onOpen }: PassageProps) {
  const t = useTranslations('place')
  const names = useNames(company)
  const times = useTimes()
  const { from, to, status, transport, level, located } = passing
  const Sign = SIGNS[located.place]
  const [fact] = located.evidence
  const where = t(toSentence(located, transport), {
    from: names.system(from),
    to: names.system(to),
  })
  return (
    <div className={`level-${level} flex gap-2.5`}>
      <Sign aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-(--level)" />
      <div className="grid gap-0.5">
        <p className="font-medium">
          {located.certainty === 'likely' && t('likely')} {where}
        </p>
        <p className="text-sm text-muted">
          {t('about', {
            status: names.status(status),
            from: names.system(from),
            to: names.system(to),
          })}
          {located.since !== null &&
            ` · ${t('since', { since: times.instant(located.since), wait: times.duration(Math.max(0, view.now - located.since)) })}`}
        </p>
        {located.queue && <Queue queue={located.queue} to={names.system(to)} />}
        {located.blindSpots.length > 0 && (
          <p className="text-sm text-muted">
            {t('unsure')}{' '}
            {located.blindSpots.map(({ code, source, system }) => (
              <span
                key={`${code} ${source} ${system}`}
                className="after:content-['._'] last:after:content-['.']"
              >
                {t(`why.${code}`, {
                  who: source
                    ? names.source(source)
                    : system
                      ? names.system(system)
                      : names.system(to),
                })}
              </span>
            ))}
          </p>
        )}
        {fact !== undefined && (
          <a
            href={toHref(fact)}
            onClick={(event) => onOpen(event, fact)}
            className="inline-flex min-h-6 w-fit items-center text-sm text-accent underline decoration-1 underline-offset-3"
          >
            {t('evidence', { count: located.evidence.length })}
          </a>
        )}
      </div>
    </div>
  )
}

/** The place in a word of the catalogues; a table that is read and a queue wait in other words. */
function toSentence({ place, case: how }: Located, transport: Handoff['transport']) {
  if (place === 'in-queue') return transport === 'amqp' ? 'in-queue' : 'not-picked-up'
  return how ?? place
}

/** How the line stands: in words for everybody, in figures for whoever may see them. */
function Queue({ queue, to }: { readonly queue: QueueSeen; readonly to: string }) {
  const t = useTranslations('place')
  const times = useTimes()
  const { ready, unacked, consumers, headAt, after, readAt } = queue
  const figures = [
    ready !== null && t('ready', { count: ready }),
    unacked !== null && t('unacked', { count: unacked }),
    consumers !== null && t('consumers', { count: consumers }),
    after !== null && t('after', { count: Math.floor(after.least) }),
    headAt !== null && t('head', { at: times.instant(headAt) }),
  ].filter((one) => one !== false)
  return (
    <p className="text-sm text-muted">
      {t(`queue.${queue.state}`, { to })}
      {figures.length > 0 && ` ${queue.name}: ${figures.join(', ')}.`}{' '}
      {t('readAt', { at: times.clock(readAt) })}
    </p>
  )
}

/** The last passing that is known to have arrived: up to there nothing is lost. */
function LastHop({ view, company }: Pick<Props, 'view' | 'company'>) {
  const t = useTranslations('place')
  const names = useNames(company)
  const times = useTimes()
  const last = view.handoffs.findLast(({ state, arrived }) => state === 'saved' && arrived !== null)
  if (!last || last.arrived === null) return null
  return (
    <p className="text-sm text-muted">
      {t('lastHop', {
        from: names.system(last.from),
        to: names.system(last.to),
        status: names.status(last.status),
        at: times.instant(last.arrived),
      })}
    </p>
  )
}
