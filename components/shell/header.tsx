import { useTranslations } from 'next-intl'
import { HeaderLookup } from '@/components/lookup/header-lookup'
import { Link } from '@/components/ui/link'
import type { Role } from '@/lib/access/viewer'
import type { Preferences } from '@/lib/contract/preferences'
import { AccountMenu } from './account-menu'
import { KeyboardHelp } from './keyboard-help'

type Props = {
  /** Null: nobody is signed in; then there is nothing to look up. */
  readonly person: { readonly name: string | null; readonly roles: readonly Role[] } | null
  readonly preferences: Preferences
  readonly orderIdExample: string
}

/** The head of every page: the product's name, the look-up box, and one's own menu. */
export function Header({ person, preferences, orderIdExample }: Props) {
  const t = useTranslations()
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-surface">
      <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-2 px-3 py-2 sm:px-6">
        <Link
          href="/"
          aria-label={t('shell.home')}
          className="flex items-center gap-2 text-sm font-semibold tracking-tight whitespace-nowrap"
        >
          <Sign />
          {t('app.name')}
        </Link>
        {person && <HeaderLookup example={orderIdExample} />}
        <div className="ml-auto flex items-center gap-1">
          <KeyboardHelp />
          <AccountMenu person={person} preferences={preferences} />
        </div>
      </div>
    </header>
  )
}

/** Three lanes and a hand-off. */
const Sign = () => (
  <svg viewBox="0 0 20 20" aria-hidden="true" className="size-5 text-accent">
    <path
      d="M1.5 4h7v6h6v6h4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinejoin="round"
      strokeLinecap="round"
    />
    <circle cx="1.9" cy="4" r="1.9" fill="currentColor" />
  </svg>
)
