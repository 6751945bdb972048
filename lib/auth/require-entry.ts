import 'server-only'
import { mayEnter } from '@/lib/access/policy'
import type { Viewer } from '@/lib/access/viewer'
import { readEnv } from '@/lib/env'
import { ForbiddenError } from '@/lib/errors'
import { loadPipeline } from '@/lib/pipeline/load-pipeline'

/** The right that a person without a role lacks. */
export const ENTRY = 'entry'

/**
 * Throws `forbidden` for the right `entry`, unless the configured preset lets one of the viewer's roles in.
 * Partners have a listener of their own, and no way in here.
 */
export function requireEntry({ roles }: Viewer): void {
  const { preset = 'custom' } = loadPipeline(readEnv().pipelineFile)
  const staff = roles.filter((role) => role !== 'partner')
  if (!mayEnter(staff, preset)) throw new ForbiddenError(ENTRY)
}
