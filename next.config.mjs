import { env } from 'node:process'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  generateEtags: false,
  productionBrowserSourceMaps: false,
  typedRoutes: true,
  images: { unoptimized: true },
  // Loaded as they are; the second at its first use only.
  serverExternalPackages: ['pg', '@aws-sdk/client-s3'],
  // For who checks them elsewhere, as `npm test` does.
  typescript: { ignoreBuildErrors: env.ORDER_JOURNEY_SKIP_TYPES === '1' },
}

/** The plugin is for the build: at start it would load what an image does not have. */
export default async function configure(phase) {
  if (phase === 'phase-production-server') return config
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./i18n/request.ts')(config)
}
