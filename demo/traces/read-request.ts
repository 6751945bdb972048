import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Batch } from './batch'
import { readOtlp } from './otlp'
import { asText, type Reply } from './reply'

const MOST_BYTES = 64 * 1024 * 1024
const unzip = promisify(gunzip)

/** The spans of `POST /v1/traces`, or why they are refused. */
export async function readRequest(request: IncomingMessage): Promise<Batch | Reply> {
  if (!/^application\/json\b/.test(request.headers['content-type'] ?? ''))
    return asText(415, '415 unsupported media type, supported: [application/json]')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MOST_BYTES) return refuse(413, 'request body too large')
    chunks.push(chunk)
  }
  try {
    const sent = Buffer.concat(chunks)
    const zipped = request.headers['content-encoding'] === 'gzip'
    const body = zipped ? await unzip(sent, { maxOutputLength: MOST_BYTES }) : sent
    return readOtlp(JSON.parse(body.toString('utf8')))
  } catch (error) {
    // Whatever is wrong with it, the sender is told.
    return refuse(400, error instanceof Error ? error.message : 'not OTLP')
  }
}

const refuse = (status: number, message: string): Reply => ({
  status,
  contentType: 'application/json',
  body: JSON.stringify({ code: 3, message }),
})
