// Long because it is the whole answer that somebody on the phone is given.
import { CircleCheck, CircleHelp, SearchCheck, ShieldCheck } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import type { CompanyView } from '@/lib/contract/company'
import type { Verdict } from '@/lib/journey/finding'
import type { JourneyView } from '@/lib/journey/journey-view'
import { GoingOnText } from '../going-on'
import type { OpensFact } from '../opens-fact'
import { CopyReply } from './copy-reply'
import { SlowNow } from './slow-now'
import { toAdvice } from './to-advice'
import { useSentence } from './use-sentence'

const VerdictDetails = dynamic(() => import('./verdict-details').then((it) => it.VerdictDetails))

type Props = OpensFact & { readonly view: JourneyView; readonly company: CompanyView }

/** Why the order is where it is, how sure that is, who acts, and what else was found. */
export function VerdictAnswer({ view, company, ...opens }: Props) {
  const t = useTranslations('verdict')
  const sentence = useSentence(company, view.placedBy)
  const [open, setOpen] = useState(false)
  const { verdict, findings } = view
  if (!verdict) return null
  return (
    <section
      aria-labelledby="verdict-title"
      className={`level-${verdict.level} mb-4 grid gap-3 border-b border-line pb-4`}
      data-verdict={toName(verdict)}
    >
      <h2 id="verdict-title" className="sr-only">
        {t('title')}
      </h2>
      <div className="grid gap-1.5">
        <Certainty verdict={verdict} />
        <p className="max-w-prose text-lg leading-snug font-medium text-balance">
          {verdict.certainty === 'likely' && verdict.kind === 'finding' && (
            <>{t('certainty.likely')} </>
          )}
          <GoingOnText told={view.now} tell={(now) => sentence(verdict, now)} />
        </p>
      </div>
      <SlowNow view={view} company={company} />
      <Action verdict={verdict} placedBy={view.placedBy} />
      {findings.length > 0 && (
        <div className="text-sm">
          <h3 className="font-medium text-muted">{t('beneath')}</h3>
          <ul className="mt-1 grid max-w-prose list-disc gap-1 pl-5">
            {findings.map((one) => (
              <li key={`${one.id} ${one.case}`}>
                {one.certainty === 'likely' && <>{t('certainty.likely')} </>}
                <GoingOnText told={view.now} tell={(now) => sentence(one, now)} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 print:hidden">
        <Button aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('more')}
        </Button>
        {view.mayRead.customerText && (
          <CopyReply verdict={verdict} placedBy={view.placedBy} company={company} />
        )}
        <Evidence verdict={verdict} {...opens} />
      </div>
      {open && (
        <Suspense>
          <VerdictDetails verdict={verdict} view={view} company={company} {...opens} />
        </Suspense>
      )}
    </section>
  )
}

const toName = (verdict: Verdict) =>
  verdict.kind === 'unknown-status'
    ? verdict.kind
    : [verdict.kind, verdict.id, verdict.case].filter(Boolean).join(' ')

/** How sure it is, by a sign and a word. */
function Certainty({ verdict: { kind, certainty } }: { readonly verdict: Verdict }) {
  const t = useTranslations('verdict.certainty')
  const [Sign, word] =
    kind === 'on-track'
      ? [CircleCheck, t('on-track')]
      : certainty === 'confirmed'
        ? [ShieldCheck, t('confirmed')]
        : certainty === 'likely'
          ? [SearchCheck, t('probable')]
          : [CircleHelp, t('cannot-tell')]
  return (
    <p className="flex items-center gap-1.5 text-sm font-semibold text-(--level)">
      <Sign aria-hidden="true" className="size-4 shrink-0" />
      {word}
    </p>
  )
}

type ActionProps = {
  readonly verdict: Verdict
  readonly placedBy: JourneyView['placedBy']
}

function Action({ verdict, placedBy: who }: ActionProps) {
  const t = useTranslations('verdict')
  const { acts, advice, warning } = toAdvice(verdict)
  return (
    <dl className="grid max-w-prose gap-x-3 gap-y-1 text-sm sm:grid-cols-[max-content_1fr] print:hidden">
      <dt className="text-muted">{t('who')}</dt>
      <dd className="font-medium">{t(`acts.${acts}`, { who })}</dd>
      <dt className="text-muted">{t('do')}</dt>
      <dd>{t(`advice.${advice}`, { who })}</dd>
      {warning && (
        <>
          <dt className="text-muted">{t('dont')}</dt>
          <dd>{t(`warning.${warning}`)}</dd>
        </>
      )}
    </dl>
  )
}

function Evidence({ verdict, toHref, onOpen }: OpensFact & { readonly verdict: Verdict }) {
  const t = useTranslations('verdict')
  const [fact] = verdict.evidence
  if (fact === undefined) return null
  return (
    <a
      href={toHref(fact)}
      onClick={(event) => onOpen(event, fact)}
      className="inline-flex min-h-6 w-fit items-center text-sm text-accent underline decoration-1 underline-offset-3"
    >
      {t('evidence', { count: verdict.evidence.length })}
    </a>
  )
}
