import type { SystemsView } from '@/lib/contract/systems'

/** How the systems do now. Throws `Unanswered`. */
export async function askSystems(signal?: AbortSignal): Promise<SystemsView> {
  const response = await fetch('/api/systems', {
    ...(signal && { signal }),
    // Nobody is at work because a strip refreshes itself: it prolongs no session.
    headers: { accept: 'application/json', 'x-background': '1' },
  })
  const { ok, status } = response
  if (!ok)
    throw Object.assign(new Error(`The systems could not be asked for (${status})`), { status })
  // The shapes are heavy, and no first page needs them.
  const { parseSystems } = await import('@/lib/contract/systems')
  return parseSystems(await response.json())
}
