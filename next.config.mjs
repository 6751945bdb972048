/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  generateEtags: false,
  productionBrowserSourceMaps: false,
  typedRoutes: true,
  images: { unoptimized: true },
  serverExternalPackages: ['pg'],
}

/** The plugin is for the build: at start it would load what an image does not have. */
export default async function configure(phase) {
  if (phase === 'phase-production-server') return config
  const { default: createNextIntlPlugin } = await import('next-intl/plugin')
  return createNextIntlPlugin('./i18n/request.ts')(config)
}
