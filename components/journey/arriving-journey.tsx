'use client'

import { startTransition, useEffect, useState } from 'react'
import type { CompanyView } from '@/lib/contract/company'
import type { JourneyView } from '@/lib/journey/journey-view'
import { JourneyScreen } from './journey-screen'
import { JourneySkeleton } from './journey-skeleton'

/** A journey with its traces, and the version by which its changes are told. */
export type WholeJourney = { readonly view: JourneyView; readonly version: string }

type Props = {
  readonly orderId: string
  /** What the databases say; null where they say no status. */
  readonly early: JourneyView | null
  /** Comes when the traces have been read. */
  readonly whole: Promise<WholeJourney>
  readonly company: CompanyView
}

/**
 * A journey that arrives in two parts, the second one in place of the first: focus, scroll and what is open stay.
 *
 *     early ── headline, stages ─ ─ ─ whole ── lanes, spans, what is not seen
 */
export function ArrivingJourney({ orderId, early, whole, company }: Props) {
  const [arrived, setArrived] = useState<WholeJourney | null>(null)
  const [fault, setFault] = useState<{ readonly error: unknown } | null>(null)
  useEffect(() => {
    let left = false
    whole.then(
      (journey) => startTransition(() => (left ? undefined : setArrived(journey))),
      (error: unknown) => setFault({ error }),
    )
    return () => {
      left = true
    }
  }, [whole])

  if (fault) throw fault.error
  const view = arrived?.view ?? early
  if (!view) return <JourneySkeleton orderId={orderId} />
  return <JourneyScreen view={view} version={arrived?.version ?? null} company={company} />
}
