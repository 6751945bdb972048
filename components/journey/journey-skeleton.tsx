import { useTranslations } from 'next-intl'

/** Holds the place of a journey while not even the databases have answered, so that nothing jumps. */
export function JourneySkeleton({ lanes = 5 }: { readonly lanes?: number }) {
  const t = useTranslations('timeline')
  return (
    <div aria-busy="true" className="grid gap-4">
      <p className="sr-only" role="status">
        {t('coming')}
      </p>
      <div className="card h-64 motion-safe:animate-pulse" />
      <div className="card h-28 motion-safe:animate-pulse" />
      <div className="card motion-safe:animate-pulse" style={{ height: 140 + lanes * 84 }} />
    </div>
  )
}
