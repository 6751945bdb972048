import { CircleCheck, CircleDashed, Flag, Hourglass, OctagonAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import type { Level } from '@/lib/journey/types'

const ICONS = { ok: CircleCheck, warn: Hourglass, breach: OctagonAlert } as const

type Props = {
  readonly level: Level
  /** No limit judged it: then it is not "within plan" either. */
  readonly judged?: boolean
  readonly ended?: boolean
}

/** How late, as word, sign and colour. */
export function LevelBadge({ level, judged = true, ended = false }: Props) {
  const t = useTranslations()
  if (ended && level === 'ok')
    return <Badge icon={<Flag aria-hidden="true" className="size-3.5" />}>{t('levelEnded')}</Badge>
  if (!judged && level === 'ok')
    return (
      <Badge icon={<CircleDashed aria-hidden="true" className="size-3.5" />}>
        {t('levelNone')}
      </Badge>
    )
  const Icon = ICONS[level]
  return (
    <Badge tone={level} icon={<Icon aria-hidden="true" className="size-3.5" />}>
      {t(`level.${level}`)}
    </Badge>
  )
}
