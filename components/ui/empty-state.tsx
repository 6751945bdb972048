import type { ReactNode } from 'react'

type Props = { readonly title: string; readonly children?: ReactNode }

/** Says that there is nothing, and what that means. */
export function EmptyState({ title, children }: Props) {
  return (
    <div className="card px-5 py-6">
      <p className="font-medium">{title}</p>
      {children && <div className="mt-1 text-sm text-muted">{children}</div>}
    </div>
  )
}
