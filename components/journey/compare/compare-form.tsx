import { type FormEvent, useId } from 'react'
import { Button } from '@/components/ui/button'
import type { CompareWords } from './use-compare-words'

type Props = {
  readonly chosen: string | null
  readonly example: string
  readonly onChoose: (order: string | null) => void
  readonly t: CompareWords
}

/** The field for the other order: a plain GET form, and without a request where scripts run. */
export function CompareForm({ chosen, example, onChoose, t }: Props) {
  const id = useId()
  const choose = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('compare')
    if (typeof typed === 'string' && typed.trim()) onChoose(typed.trim())
  }
  return (
    <form method="get" onSubmit={choose} className="flex flex-wrap items-end gap-2">
      <input type="hidden" name="tab" value="compare" />
      <div className="min-w-0 basis-56">
        <label htmlFor={id} className="text-sm font-medium">
          {t('field')}
        </label>
        <input
          id={id}
          name="compare"
          type="text"
          required
          maxLength={200}
          defaultValue={chosen ?? ''}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          placeholder={t('example', { order: example })}
          className="mt-1 h-8 w-full rounded-md border border-line-strong bg-ground px-2.5 font-mono text-sm placeholder:font-sans placeholder:text-muted"
        />
      </div>
      <Button type="submit">{t('submit')}</Button>
      {chosen !== null && <Button onClick={() => onChoose(null)}>{t('clear')}</Button>}
    </form>
  )
}
