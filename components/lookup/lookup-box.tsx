'use client'

import { Search } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useId, useRef } from 'react'
import { Button } from '@/components/ui/button'

type Props = {
  readonly example: string
  /** The large one of the start page: it has the focus from the beginning. */
  readonly main?: boolean
}

/** The box for an order number or a trace id: a plain GET form. The key `/` leads to it. */
export function LookupBox({ example, main = false }: Props) {
  const t = useTranslations('lookup')
  const query = useSearchParams().get('q') ?? ''
  const box = useRef<HTMLInputElement>(null)
  const id = useId()

  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target)) return
      event.preventDefault()
      box.current?.focus()
      box.current?.select()
    }
    document.addEventListener('keydown', focus)
    return () => document.removeEventListener('keydown', focus)
  }, [])

  return (
    <search>
      <form action="/" method="get" className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <label htmlFor={id} className={main ? 'text-sm font-medium' : 'sr-only'}>
            {t('label')}
          </label>
          <div className={`relative ${main ? 'mt-1' : ''}`}>
            <Search
              aria-hidden="true"
              className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted"
            />
            <input
              ref={box}
              id={id}
              name="q"
              type="text"
              inputMode="search"
              enterKeyHint="search"
              required
              maxLength={200}
              defaultValue={query}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              // biome-ignore lint/a11y/noAutofocus: on the start page there is nothing else to do
              autoFocus={main}
              placeholder={t('placeholder', { example })}
              aria-keyshortcuts="/"
              title={t('key')}
              className={`w-full rounded-md border border-line-strong bg-ground pr-3 pl-8 font-mono placeholder:font-sans placeholder:text-muted ${main ? 'h-12 text-lg' : 'h-9 text-sm'}`}
            />
          </div>
        </div>
        <Button type="submit" look={main ? 'main' : 'quiet'} className={main ? 'h-12 px-5' : 'h-9'}>
          {t('submit')}
        </Button>
      </form>
    </search>
  )
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
