import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { QueryProvider } from '@/components/shell/query-provider'
import { SkipLink } from '@/components/shell/skip-link'
import { preferencesOfViewer } from '@/i18n/preferences-of-viewer'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('app')
  return {
    title: t('name'),
    icons: { icon: { url: '/icon.svg', type: 'image/svg+xml' } },
    robots: { index: false, follow: false },
  }
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

type Props = { readonly children: ReactNode }

/** Language, theme and zone are known before the first byte: nothing flashes, nothing jumps. */
export default async function RootLayout({ children }: Props) {
  const { locale, theme } = await preferencesOfViewer()
  return (
    <html lang={locale} className={`theme-${theme} ${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="min-h-dvh">
        <NextIntlClientProvider>
          <QueryProvider>
            <SkipLink />
            {children}
          </QueryProvider>
        </NextIntlClientProvider>
      </body>
    </html>
  )
}
