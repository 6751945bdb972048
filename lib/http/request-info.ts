import type { RequestInfo } from '@/lib/access/viewer'

/** Who asked over which line, as the front door says it; without a front door nothing is known. */
export const toRequestInfo = (headers: Pick<Headers, 'get'>): RequestInfo => ({
  requestId: headers.get('x-oj-request-id') ?? NO_REQUEST,
  listener: headers.get('x-oj-listener') === 'partner' ? 'partner' : 'staff',
  clientAddress: headers.get('x-oj-client-address') || null,
  // A browser's EventSource can send no header of its own.
  background: headers.get('x-background') === '1' || headers.get('accept') === 'text/event-stream',
})

const NO_REQUEST = '00000000-0000-0000-0000-000000000000'
