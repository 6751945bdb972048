import type { MarkKind } from './describe-fact'

type Props = { readonly kind: MarkKind; readonly className?: string }

/** A fact's sign: the shape says what it is, the colour only where. */
export function MarkShape({ kind, className = 'size-3.5' }: Props) {
  return (
    <svg
      viewBox="0 0 14 14"
      aria-hidden="true"
      className={`${className} shrink-0 overflow-visible`}
    >
      {SHAPES[kind]}
    </svg>
  )
}

const SHAPES = {
  change: <path d="M7 1 13 7 7 13 1 7Z" fill="currentColor" stroke="var(--surface)" />,
  row: (
    <circle cx="7" cy="7" r="4.5" fill="var(--surface)" stroke="currentColor" strokeWidth="2.5" />
  ),
  'dead-letter': (
    <>
      <path d="M7 1 13.5 13H.5Z" fill="var(--breach)" stroke="var(--surface)" />
      <path d="M7 5.5v3.2M7 10.2v1.2" stroke="var(--surface)" strokeWidth="1.6" />
    </>
  ),
  queue: <path d="M1 3h12M1 7h12M1 11h12" stroke="currentColor" strokeWidth="2.5" />,
  counter: <path d="M1 12 5 8l3 2 5-8" fill="none" stroke="var(--warn)" strokeWidth="2.2" />,
  file: <path d="M3 1h5l4 4v8H3Z" fill="var(--surface)" stroke="currentColor" strokeWidth="1.8" />,
  span: <rect x="0" y="4" width="14" height="6" rx="1.5" fill="currentColor" />,
  sent: <path d="M0 2.5h9L14 7l-5 4.5H0Z" fill="currentColor" />,
  taken: <path d="M0 2.5h14v9H0L4.5 7Z" fill="currentColor" />,
  shared: (
    <rect
      x=".75"
      y="4.75"
      width="12.5"
      height="4.5"
      rx="1.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />
  ),
  failed: (
    <>
      <rect x="0" y="3.5" width="14" height="7" rx="1.5" fill="var(--breach)" />
      <path d="m4.5 4.5 5 5m0-5-5 5" stroke="var(--surface)" strokeWidth="1.5" />
    </>
  ),
} as const
