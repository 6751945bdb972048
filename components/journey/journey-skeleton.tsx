import { useTranslations } from 'next-intl'
import { ExactId } from '@/components/ui/exact-id'

type Props = { readonly orderId: string }

/** Holds the place of a journey while not even the databases have answered, part by part as high as it will be. */
export function JourneySkeleton({ orderId }: Props) {
  const t = useTranslations('headline')
  return (
    <div aria-busy="true" className="journey-skeleton grid gap-4">
      <section className="card h-[551px] overflow-hidden border-l-[6px] border-l-line sm:h-[365px]">
        <div className="border-b border-line px-4 py-2 sm:px-5">
          <h1 className="py-1 text-sm text-muted">
            {t('order')} <ExactId id={orderId} className="font-semibold text-ink" />
          </h1>
        </div>
        <p className="px-4 py-4 text-muted sm:px-5 sm:py-5" role="status">
          {t('recordsComing')}
        </p>
      </section>
      <div className="card h-[593px] sm:h-[179px]" />
      <div className="card h-44 sm:h-[76px]" />
      <div className="mt-[52px] card h-[818px] sm:h-[619px]" />
    </div>
  )
}
