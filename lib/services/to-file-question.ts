import 'server-only'
import type { Fact } from '@/lib/journey/fact'
import { findChannel } from '@/lib/journey/find-channel'
import type { Pipeline } from '@/lib/journey/pipeline'
import type { FileQuestion } from '@/lib/sources/answers'

/** Where the order's file should be: by its record, else by the channel's template. null: nobody says. */
export function toFileQuestion(
  orderId: string,
  facts: readonly Fact[],
  pipeline: Pipeline,
): FileQuestion | null {
  for (const { kind, attributes } of facts) {
    const bucket = attributes.file_bucket?.value
    const key = attributes.file_key?.value
    if (kind === 'row' && bucket !== undefined && key !== undefined) return { bucket, key }
  }
  const id = findChannel(facts, pipeline)
  const channel = pipeline.channels.find((one) => one.id === id)
  if (channel?.fileKey === undefined || channel.fileBucket === undefined) return null
  return { bucket: channel.fileBucket, key: channel.fileKey.replaceAll('{orderId}', orderId) }
}
