import { ExternalLink as Icon } from 'lucide-react'
import type { ReactNode } from 'react'

type Props = { readonly href: string; readonly label?: string; readonly children: ReactNode }

/** A link to another product. Only http and https lead out; anything else stays plain text. */
export function ExternalLink({ href, label, children }: Props) {
  if (!isWebAddress(href)) return <>{children}</>
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer noopener"
      aria-label={label}
      className="inline-flex items-center gap-1 text-accent underline decoration-1 underline-offset-3 hover:decoration-2"
    >
      {children}
      <Icon aria-hidden="true" className="size-3 shrink-0" />
    </a>
  )
}

const isWebAddress = (href: string) => /^https?:\/\//i.test(href) && URL.canParse(href)
