import type { MouseEvent } from 'react'
import { classNames } from './class-names'

type Props<T extends string> = {
  readonly label: string
  readonly tabs: readonly { readonly id: T; readonly label: string; readonly count?: number }[]
  readonly current: T
  /** The address of a tab, which also works without JavaScript. */
  readonly toHref: (tab: T) => string
  readonly onChoose: (tab: T) => void
}

/** Views of one page as links: each has an address, and choosing one asks the server nothing. */
export function Tabs<T extends string>({ label, tabs, current, toHref, onChoose }: Props<T>) {
  const choose = (event: MouseEvent, tab: T) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    onChoose(tab)
  }
  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap border-b border-line sm:gap-1">
        {tabs.map((tab) => (
          <li key={tab.id}>
            <a
              href={toHref(tab.id)}
              onClick={(event) => choose(event, tab.id)}
              aria-current={tab.id === current ? 'page' : undefined}
              className={classNames(
                '-mb-px inline-flex min-h-9 items-center gap-1.5 border-b-2 px-2 text-sm font-medium whitespace-nowrap sm:px-3',
                tab.id === current
                  ? 'border-accent text-ink'
                  : 'border-transparent text-muted hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count !== undefined && <span className="text-xs text-muted">{tab.count}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
