'use client'

import { Keyboard } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { areSingleKeysOn, isTyping } from './single-keys'

// Few open it, and it brings a library: it comes when somebody does.
const KeyboardSheet = dynamic(() => import('./keyboard-sheet').then((it) => it.KeyboardSheet), {
  ssr: false,
})

/** Opens the sheet of keys, by `?` or by its button. */
export function KeyboardHelp() {
  const t = useTranslations('shortcuts')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const press = ({ key, target, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
      if (key !== '?' || ctrlKey || metaKey || altKey || isTyping(target)) return
      if (areSingleKeysOn()) setOpen(true)
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [])
  return (
    <>
      <button
        type="button"
        aria-label={t('open')}
        title={`${t('open')} (?)`}
        onClick={() => setOpen(true)}
        className="hidden size-8 items-center justify-center rounded-md text-muted hover:text-ink sm:inline-flex"
      >
        <Keyboard aria-hidden="true" className="size-4" />
      </button>
      {open && <KeyboardSheet onClose={() => setOpen(false)} />}
    </>
  )
}
