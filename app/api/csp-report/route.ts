import { definePublicRoute } from '@/lib/http/define-public-route'
import { logCspReport } from '@/lib/http/log-csp-report'

export const dynamic = 'force-dynamic'

/** What a browser refused under our policy. */
export const POST = definePublicRoute(async (request) => {
  logCspReport(await request.text())
  return new Response(null, { status: 204 })
})
