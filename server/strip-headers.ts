import type { IncomingHttpHeaders } from 'node:http'

/** Whatever tells the app who asks, or Next how to route: only the front door may say it. */
const OURS = [
  /_/, // X_Forwarded_For: some proxies turn it into the real one
  /^(x-)?forwarded/,
  /^x-real-ip$/,
  /^x-oj-/,
  /^x-(middleware|nextjs|next|vercel|invoke|matched|original|rewrite|now)-/,
  /^x-nextjs-data$/,
  /^next-(action|resume)$/,
  /^content-security-policy/,
]

/** Deletes them in place: what is gone from `request.headers` does not exist for the app. */
export function stripHeaders(headers: IncomingHttpHeaders): void {
  for (const name of Object.keys(headers))
    if (OURS.some((pattern) => pattern.test(name))) delete headers[name]
}
