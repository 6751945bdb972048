import type { JourneyView } from '@/lib/journey/journey-view'

/** Why the journey could not be had: the status of the answer. Without one nobody answered. */
export type Unanswered = Error & { readonly status?: number }

type Asking = {
  readonly signal?: AbortSignal
  /** Somebody chose to: by default a page refreshes itself, which is no person at work and prolongs no session. */
  readonly chosen?: boolean
}

/** The journey of one order as it is now. Throws `Unanswered`. */
export async function askJourney(
  orderId: string,
  { signal, chosen = false }: Asking = {},
): Promise<JourneyView> {
  const response = await fetch(`/api/orders/${encodeURIComponent(orderId)}/journey`, {
    ...(signal && { signal }),
    headers: { accept: 'application/json', ...(!chosen && { 'x-background': '1' }) },
  })
  const { ok, status } = response
  if (!ok)
    throw Object.assign(new Error(`The journey could not be refreshed (${status})`), { status })
  // The shapes are heavy, and the first page needs none of them.
  const { parseJourney } = await import('@/lib/contract/journey')
  return parseJourney(await response.json())
}
