import type { Route } from 'next'
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

type Props = Omit<ComponentProps<typeof NextLink>, 'prefetch' | 'href'> & {
  /** A path on this site. */
  readonly href: string
}

const LOOK = 'text-accent underline decoration-1 underline-offset-3 hover:decoration-2'

/** A link of ours. It never prefetches: a prefetched order would be a look-up that nobody made. */
export function Link({ className = LOOK, href, ...props }: Props) {
  // Paths of orders are made from data, which the typed routes cannot know.
  return <NextLink {...props} href={href as Route} prefetch={false} className={className} />
}
