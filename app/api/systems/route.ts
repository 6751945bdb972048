import { z } from 'zod'
import { defineRoute } from '@/lib/http/define-route'
import { context } from '@/lib/services/context'
import { readSystems } from '@/lib/services/read-systems'

export const dynamic = 'force-dynamic'

/** How the systems do now: what the strip on every page shows. */
export const GET = defineRoute({
  action: 'sources.status',
  input: z.object({}),
  answer: ({ viewer, request }) => readSystems(context(viewer, request)),
})
