'use client'

import { usePathname, useSearchParams } from 'next/navigation'

type Search = Readonly<Record<string, string | null>>

/** What is chosen on a page, as the query of its address. */
export type Address = {
  readonly read: (name: string) => string | null
  readonly toHref: (changes: Search) => string
  readonly write: (changes: Search) => void
}

/** Reads and changes the query of the address without a request: Next follows `history`. */
export function useAddress(): Address {
  const path = usePathname()
  const search = useSearchParams()
  return {
    read: (name) => search.get(name),
    toHref: (changes) => `${path}${change(search, changes)}`,
    // What the address says now: two changes may come before Next has followed the first.
    write: (changes) => {
      const { pathname, search: now, hash } = window.location
      window.history.replaceState(null, '', `${pathname}${change(now, changes)}${hash}`)
    },
  }
}

function change(search: string | URLSearchParams, changes: Search): string {
  const next = new URLSearchParams(search.toString())
  for (const [name, value] of Object.entries(changes))
    if (value === null) next.delete(name)
    else next.set(name, value)
  // Commas part what was chosen, and are as good in a query as they are.
  const query = next.toString().replaceAll('%2C', ',')
  return query ? `?${query}` : ''
}
