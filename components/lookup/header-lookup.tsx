'use client'

import { usePathname } from 'next/navigation'
import { LookupBox } from './lookup-box'

/** The box of every page but the start page, which has a larger one. */
export function HeaderLookup({ example }: { readonly example: string }) {
  if (usePathname() === '/') return null
  return (
    <div className="order-last w-full sm:order-none sm:w-auto sm:max-w-md sm:flex-1">
      <LookupBox example={example} />
    </div>
  )
}
