import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { CopyButton } from '@/components/ui/copy-button'
import { type Locale, toLocale } from '@/lib/format/locale'
import { type ReplyProps, writeReply } from './write-reply'

const LANGUAGES = { en: 'English', ru: 'Русский' } as const

type Props = ReplyProps & { readonly t: (key: 'language' | 'copy') => string }

/** The two sentences for whoever placed the order, in either language. */
export function CustomerReply({ t, ...about }: Props) {
  const labels = useTranslations('verdict')
  const [locale, setLocale] = useState<Locale>(toLocale(useLocale()))
  const { verdict, placedBy, company } = about
  const [text, setText] = useState('')
  useEffect(() => {
    let current = true
    writeReply({ verdict, placedBy, company }, locale).then((words) => {
      if (current) setText(words)
    })
    return () => {
      current = false
    }
  }, [verdict, placedBy, company, locale])
  return (
    <section aria-labelledby="customer-text-title">
      <h3 id="customer-text-title" className="font-medium text-muted">
        {labels('customerText', { who: placedBy })}
      </h3>
      <p lang={locale} className="mt-1 min-h-16 rounded-md bg-sunken px-3 py-2">
        {text}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <CopyButton text={text}>{t('copy')}</CopyButton>
        <fieldset className="flex gap-3">
          <legend className="sr-only">{t('language')}</legend>
          {(['en', 'ru'] as const).map((one) => (
            <label key={one} className="inline-flex min-h-6 items-center gap-1.5">
              <input
                type="radio"
                name="customer-language"
                checked={one === locale}
                onChange={() => setLocale(one)}
              />
              {LANGUAGES[one]}
            </label>
          ))}
        </fieldset>
      </div>
    </section>
  )
}
