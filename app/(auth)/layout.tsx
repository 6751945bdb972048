import type { ReactNode } from 'react'

type Props = { readonly children: ReactNode }

/** Pages before one is in: no header, nothing to look up. */
export default function AuthLayout({ children }: Props) {
  return (
    <main id="content" tabIndex={-1} className="px-4">
      {children}
    </main>
  )
}
