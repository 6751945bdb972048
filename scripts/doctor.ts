import type { Env } from '@/lib/env'
import type { Pipeline } from '@/lib/journey/pipeline'
import { epochMs } from '@/lib/journey/types'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { createGuard } from '@/lib/sources/create-guard'
import { createJaegerSource } from '@/lib/sources/jaeger/client'
import { createFetch } from '@/lib/sources/tls-fetch'
import { checkEnvironment } from './doctor/check-environment'
import { checkJaeger } from './doctor/check-jaeger'
import { checkOidc } from './doctor/check-oidc'
import { checkOrders } from './doctor/check-orders'
import { checkPipeline } from './doctor/check-pipeline'
import { checkStore } from './doctor/check-store'
import { type Finding, toText } from './doctor/finding'

// Run with `--conditions=react-server`, without which modules of the server refuse to load.
const { env, findings } = checkEnvironment(process.env)
report(findings)
if (env) {
  const { pipeline, findings: ofPipeline } = checkPipeline(env.pipelineFile, loadPipeline)
  report(ofPipeline)
  report(await checkStore({ url: env.storeUrl, ownerUrl: process.env.STORE_OWNER_URL }))
  if (pipeline) {
    report(await checkOrders(pipeline.databases, env.orderDatabase))
    report(await checkJaeger(toDescribe(env, pipeline)))
  }
  report(await checkOidc(env.oidc.issuer))
}

function report(found: readonly Finding[]) {
  for (const finding of found) process.stdout.write(toText(finding))
  if (found.some(({ level }) => level === 'missing')) process.exitCode = 1
}

function toDescribe({ jaeger }: Env, pipeline: Pipeline) {
  if (!jaeger) return null
  const { baseUrl, dialect, storage, ...transport } = jaeger
  const now = () => epochMs(Date.now())
  return async () =>
    createJaegerSource(
      {
        baseUrl,
        dialect,
        storage,
        timeoutMs: 4_000,
        maxBytes: 24 * 1024 * 1024,
        fetch: createFetch({ ...transport, baseUrl }),
        guard: createGuard({ source: 'jaeger', now }),
        now,
      },
      pipeline,
    ).describe()
}
