import 'server-only'
import { type CompanyView, toCompanyView } from '@/lib/contract/company'
import { readEnv } from '@/lib/env'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'

/** The names that pages and browsers need of the configured company. */
export const loadCompany = (): CompanyView => toCompanyView(loadPipeline(readEnv().pipelineFile))
