import type { ComponentProps } from 'react'
import { classNames } from './class-names'

type Props = ComponentProps<'button'> & { readonly look?: 'main' | 'quiet' }

const LOOKS = {
  main: 'bg-accent text-on-accent border-accent hover:brightness-110',
  quiet: 'bg-surface text-ink border-line hover:border-line-strong',
}

/** A button; `quiet` unless it is the one thing to do. */
export function Button({ look = 'quiet', className, type = 'button', ...props }: Props) {
  return (
    <button
      type={type}
      {...props}
      className={classNames(
        'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md border px-2.5 text-sm font-medium whitespace-nowrap disabled:opacity-60',
        LOOKS[look],
        className,
      )}
    />
  )
}
