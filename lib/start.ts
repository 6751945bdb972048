import 'server-only'
import { readEnv } from '@/lib/env'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'

/** Ends the process where the configuration is wrong: Next would go on and answer with 500s. */
export function start(): void {
  try {
    const env = readEnv()
    loadPipeline(env.pipelineFile)
    process.env.NEXTAUTH_URL = env.baseUrl.origin // next-auth knows no other way
    delete process.env.AUTH_TRUST_HOST // and would believe a forwarding header instead
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
