type Policy = {
  readonly nonce: string
  /** Chromium applies `form-action` to the redirect after a form, too: signing in and out lead there. */
  readonly issuerOrigin: string
  /** Next's development server evaluates code and opens a WebSocket. */
  readonly dev?: boolean
}

/** The policy of one response; Next finds the nonce for its own scripts in the same request header. */
export const toContentSecurityPolicy = ({ nonce, issuerOrigin, dev = false }: Policy): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self'${dev ? " 'unsafe-inline'" : ''}`,
    // style="…" from the server. It can spoil a page's look, not run code.
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    ...(dev ? ["connect-src 'self' ws:"] : []),
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${issuerOrigin}`,
    'report-uri /api/csp-report',
  ].join('; ')
