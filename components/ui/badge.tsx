import type { ReactNode } from 'react'
import { classNames } from './class-names'

type Props = {
  readonly tone?: 'ok' | 'warn' | 'breach' | 'none'
  readonly icon?: ReactNode
  readonly children: ReactNode
}

/** A word on a ground, with a sign of its own: never colour alone. */
export function Badge({ tone = 'none', icon, children }: Props) {
  return (
    <span
      className={classNames(
        `level-${tone}`,
        'inline-flex items-center gap-1 rounded-sm bg-(--level-ground) px-1.5 py-0.5 text-xs font-medium text-(--level)',
      )}
    >
      {icon}
      {children}
    </span>
  )
}
