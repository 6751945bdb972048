import http from 'node:http'
import { serve } from '@/demo/serve'
import type { StoredFile } from './file-of'

type Options = {
  /** 0: any free one. */
  readonly port: number
  readonly bucket: string
  readonly accessKeyId: string
  readonly findFile: (key: string) => StoredFile | null
}

/** A file storage for the demo, on loopback: it answers HEAD as a real one does, to whoever names the key of its one reader. */
export async function startFiles({ port, bucket, accessKeyId, findFile }: Options) {
  const server = http.createServer(({ method, url = '/', headers }, response) => {
    const answer = (status: number, more: http.OutgoingHttpHeaders = {}) =>
      response.writeHead(status, { server: 'DEMO', ...more }).end()
    const path = toPath(url)
    if (path === null) return answer(400, XML)
    const [, named, key = ''] = /^\/([^/]+)\/(.+)$/s.exec(path) ?? []
    const signed = headers.authorization?.includes(`Credential=${accessKeyId}/`)
    if (!signed) return answer(403, XML)
    if (method !== 'HEAD') return answer(405, XML)
    const file = named === bucket ? findFile(key) : null
    if (!file) return answer(404, XML)
    return answer(200, {
      'content-type': 'model/stl',
      'content-length': file.bytes,
      etag: `"${file.etag}"`,
      'last-modified': new Date(file.modifiedAt).toUTCString(),
      'x-amz-storage-class': 'STANDARD',
      'accept-ranges': 'bytes',
    })
  })
  return serve(server, port)
}

const XML = { 'content-type': 'application/xml' }

function toPath(url: string): string | null {
  try {
    return decodeURIComponent(url.split('?')[0] ?? '')
  } catch {
    return null // No text at all.
  }
}
