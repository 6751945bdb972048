'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { Button } from './button'

type Props = {
  /** The text, or how to make a long one when it is asked for; the page's own address where there is none. */
  readonly text?: string | (() => string | Promise<string>)
  readonly children: ReactNode
  /** Shows the icon alone; `children` is then its name. */
  readonly bare?: boolean
}

/** Copies a text and says that it did. */
export function CopyButton({ text, children, bare = false }: Props) {
  const t = useTranslations('headline')
  const [copied, setCopied] = useState(false)

  async function copy() {
    const words = typeof text === 'function' ? await text() : text
    await navigator.clipboard.writeText(words ?? window.location.href)
    setCopied(true)
    setTimeout(() => setCopied(false), 2000)
  }

  const Icon = copied ? Check : Copy
  return (
    <Button onClick={copy} className={bare ? 'border-transparent bg-transparent px-2' : ''}>
      <Icon aria-hidden="true" className="size-3.5" />
      <span aria-live="polite" className={bare ? 'sr-only' : ''}>
        {copied ? t('copied') : children}
      </span>
    </Button>
  )
}
