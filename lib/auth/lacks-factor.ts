import 'server-only'
import { readEnv } from '@/lib/env'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'
import { isStrong, type Proof } from './is-strong'

/** Whether a second factor is demanded that this sign-in does not tell of. */
export const lacksFactor = (proof: Proof): boolean =>
  demandsFactor() && !isStrong(proof, readEnv().oidc.mfaAcr)

/** Whether the company's pipeline demands a second factor of everybody. */
export const demandsFactor = (): boolean => loadPipeline(readEnv().pipelineFile).requireMfa === true
