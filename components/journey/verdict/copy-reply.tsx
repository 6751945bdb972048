import { useLocale, useTranslations } from 'next-intl'
import { CopyButton } from '@/components/ui/copy-button'
import { toLocale } from '@/lib/format/locale'
import { type ReplyProps, writeReply } from './write-reply'

/** Copies the two sentences for whoever placed the order, in the reader's language. */
export function CopyReply(about: ReplyProps) {
  const t = useTranslations('verdict')
  const locale = toLocale(useLocale())
  return (
    <CopyButton text={() => writeReply(about, locale)}>
      {t('copyReply', { who: about.placedBy })}
    </CopyButton>
  )
}
