'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { CloseButton } from '@/components/ui/close-button'
import { areSingleKeysOn, setSingleKeys } from './single-keys'

type Props = { readonly onClose: () => void }

const GROUPS = {
  everywhere: { sheet: ['?'], refresh: ['R'], escape: ['Esc'] },
  timeline: {
    zoom: ['+', '−'],
    reset: ['0'],
    pan: ['A', 'D', '←', '→'],
    map: ['↑', '↓'],
    lanes: ['[', ']'],
    unfold: ['U'],
  },
  mark: { walk: ['←', '→'], lane: ['↑', '↓'], pin: ['Enter'] },
} as const

/** Everything that can be done by keyboard, and the switch that turns single keys off. */
export function KeyboardSheet({ onClose }: Props) {
  const t = useTranslations('shortcuts')
  const [single, setSingle] = useState(areSingleKeysOn)
  const turn = (on: boolean) => {
    setSingleKeys(on)
    setSingle(on)
  }
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={onClose}
      className="fixed inset-0 z-50 grid place-items-center bg-black/40 p-4"
    >
      <Modal className="max-h-full w-full max-w-lg overflow-y-auto rounded-lg border border-line-strong bg-surface shadow-xl">
        <Dialog className="p-4 outline-none">
          <div className="flex items-center">
            <Heading slot="title" className="text-lg font-semibold">
              {t('title')}
            </Heading>
            <CloseButton label={t('close')} onClose={onClose} className="ml-auto" />
          </div>
          {Object.entries(GROUPS).map(([group, keys]) => (
            <section key={group} className="mt-3">
              <h3 className="eyebrow">{t(`groups.${group}`)}</h3>
              <dl className="mt-1 grid grid-cols-[8rem_1fr] gap-x-4 gap-y-1.5 text-sm">
                {Object.entries(keys).map(([action, names]) => (
                  <Keys key={action} names={names} words={t(`keys.${action}`)} />
                ))}
              </dl>
            </section>
          ))}
          <label className="mt-4 flex items-start gap-2 border-t border-line pt-3 text-sm">
            <input
              type="checkbox"
              checked={single}
              onChange={({ target }) => turn(target.checked)}
              className="mt-0.5 size-4 accent-(--accent)"
            />
            <span>
              {t('single')}
              <span className="block text-xs text-muted">{t('singleNote')}</span>
            </span>
          </label>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

const Keys = ({ names, words }: { readonly names: readonly string[]; readonly words: string }) => (
  <>
    <dt className="flex flex-wrap gap-1">
      {names.map((name) => (
        <kbd
          key={name}
          className="min-w-6 rounded-sm border border-line-strong bg-sunken px-1.5 text-center font-mono text-xs leading-5"
        >
          {name}
        </kbd>
      ))}
    </dt>
    <dd>{words}</dd>
  </>
)
