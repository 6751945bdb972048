const SITE = 'http://site.invalid'
const PRINTABLE = /^[\u0021-\u007e]*$/ // an address never holds anything else

/** A path on this site, with its query; whatever leads elsewhere, or into the sign-in again, becomes `/`. */
export function toReturnTo(text: unknown): string {
  if (typeof text !== 'string' || text.length > 2_000) return '/'
  if (!text.startsWith('/') || text.startsWith('//') || text.includes('\\')) return '/'
  if (!PRINTABLE.test(text)) return '/'
  if (!URL.canParse(text, SITE)) return '/'

  const url = new URL(text, SITE)
  if (url.origin !== SITE || /^\/(signin|no-role|api)(\/|$)/.test(url.pathname)) return '/'
  const path = `${url.pathname}${url.search}`
  return path.startsWith('//') ? '/' : path
}
