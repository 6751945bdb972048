import type { DwellHistory } from '@/lib/journey/compare/dwell-history'
import { expectCompletion } from '@/lib/journey/compare/expect-completion'
import type { Way } from '@/lib/journey/compare/way'
import { epochMs } from '@/lib/journey/types'
import { useTimes } from '../use-times'
import type { CompareWords } from './use-compare-words'

type Props = {
  readonly way: Way
  readonly history: DwellHistory
  readonly now: number
  readonly t: CompareWords
}

/** When the order is likely to end and on what that rests, or why nobody can say. */
export function ExpectedEnd({ way, history, now, t }: Props) {
  const times = useTimes()
  const expected = expectCompletion(way, history, epochMs(now))
  const at = (moment: number) => times.instant(moment, 'minute')
  return (
    <div className="max-w-prose text-sm">
      <h3 className="font-medium text-muted">{t('endTitle')}</h3>
      {expected.kind === 'estimate' ? (
        <>
          <p className="mt-0.5">
            {t('estimate', { half: at(expected.half), most: at(expected.most) })}
          </p>
          <p className="text-muted">
            {t('estimateOf', {
              count: expected.of,
              orders: history.orders,
              days: history.days,
            })}
          </p>
        </>
      ) : (
        <p className="mt-0.5">{t(`none.${expected.why}`, { count: expected.of })}</p>
      )}
    </div>
  )
}
