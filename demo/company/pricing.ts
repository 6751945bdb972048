import type { Draft } from './draft'
import { fails, heal, noteFailure } from './draft'
import type { Attempt, Model, Pricing, Problem } from './order'
import { MINUTE, SECOND } from './time'

const GONE: Problem = {
  type: 'Amazon.S3.AmazonS3Exception',
  message: 'The specified key does not exist.',
  code: 'NoSuchKey',
}
const UNREADABLE: Problem = {
  type: 'Mes.Pricing.MeshParseException',
  message: 'STL: facet 41822 has no normal',
}
const FAILED: Problem = {
  type: 'System.OutOfMemoryException',
  message: 'Exception of type OutOfMemoryException was thrown.',
}

export type Priced = {
  readonly attempts: readonly Attempt[]
  /** When the price was there; Infinity: never. */
  readonly pricedAt: number
}

/** Two to three minutes on average, up to thirty, by the number of polygons. */
export function pricingMs(draft: Draft, model: Model): number {
  if (model.kind === 'ready-made') return draft.chance.between(8, 35) * SECOND
  const minutes = 0.6 + (model.polygons / 500_000) * 14 * draft.chance.between(0.7, 1.6)
  return Math.min(minutes, 27) * MINUTE
}

/** The calculation begun by a consumer that took the order at `at`, with all its mishaps. */
export function price(draft: Draft, model: Model, at: number): Priced {
  const { chance } = draft
  const usual = pricingMs(draft, model)
  const attempts: Attempt[] = []
  const attempt = (from: number, ms: number, how: Partial<Pricing> = {}, begins = true): number => {
    const begun = from + chance.between(90, 300)
    const pricing = { at: begun, ms, error: null, readError: null, ...how }
    if (begins && Number.isFinite(begun)) draft.pricingStarts.push(begun)
    const error = pricing.error ?? pricing.readError
    const whole = begins ? { ms: ms + 600, pricing } : { ms: chance.between(20, 60) }
    if (Number.isFinite(from)) attempts.push({ at: from, error, ...whole })
    return begun + ms
  }
  const again = (from: number) => attempt(from, usual)

  if (fails(draft, 'FP-02', 'lost') || fails(draft, 'FP-02', 'unreadable')) {
    const readError = fails(draft, 'FP-02', 'lost') ? GONE : UNREADABLE
    const ended = attempt(at, chance.between(300, 2_500), { readError })
    return { attempts, pricedAt: again(heal(draft, ended)) }
  }
  if (draft.flaw?.id === 'FP-05' && draft.flaw.variant === 'loop') {
    // The broker gives the message to another consumer after half an hour; the calculation takes longer.
    const healed = heal(draft, at + 31 * MINUTE)
    const tries = Math.min(12, Math.max(2, Math.floor((healed - at) / (30.5 * MINUTE))))
    for (let i = 0; i < tries; i++)
      attempt(at + i * 30.2 * MINUTE, 31 * MINUTE, {
        error: {
          type: 'RabbitMQ.Client.Exceptions.OperationInterruptedException',
          message: 'PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out',
          code: '406',
        },
      })
    return { attempts, pricedAt: again(healed) }
  }
  if (draft.flaw?.id !== 'FP-06') return { attempts, pricedAt: again(at) }

  switch (draft.flaw.variant) {
    case 'failed': {
      const ended = attempt(at, usual * 0.6, { error: FAILED })
      return { attempts, pricedAt: again(heal(draft, ended)) }
    }
    case 'hung': {
      attempt(at, Number.POSITIVE_INFINITY)
      return { attempts, pricedAt: again(heal(draft, at + 30 * MINUTE)) }
    }
    case 'slow': {
      const ms = chance.between(46, 80) * MINUTE
      noteFailure(draft, at + 30 * MINUTE, at + ms)
      return { attempts, pricedAt: attempt(at, ms) }
    }
    case 'ended': {
      const ended = attempt(at, usual)
      return { attempts, pricedAt: again(heal(draft, ended)) }
    }
    default: {
      attempt(at, 0, {}, false)
      return { attempts, pricedAt: again(heal(draft, at)) }
    }
  }
}
