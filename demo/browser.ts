type Visit = {
  readonly form?: Readonly<Record<string, string>>
  readonly origin?: string
}

const STEPS = 12

/** As much of a browser as a sign-in needs: cookies by host and port, redirects, forms. */
export function createBrowser(ask: typeof fetch = fetch) {
  const jars = new Map<string, Map<string, string>>()

  /** Goes to an address and wherever it leads; answers where that was. */
  async function open(address: string, { form, origin }: Visit = {}) {
    let url = address
    let init: RequestInit = form ? toPost(form, origin ?? new URL(address).origin) : {}
    for (let step = 0; step < STEPS; step++) {
      const headers = new Headers(init.headers)
      headers.set('cookie', cookiesFor(url))
      const response = await ask(url, { ...init, headers, redirect: 'manual' })
      keepCookies(url, response)
      const location = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || !location)
        return { url, status: response.status, text: await response.text() }
      await response.body?.cancel()
      url = new URL(location, url).href
      init = {}
    }
    throw new Error(`More than ${STEPS} redirects from ${address}`)
  }

  /** The value of a `Cookie` header. */
  function cookiesFor(url: string): string {
    const jar = jars.get(new URL(url).origin) ?? new Map<string, string>()
    return [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  function keepCookies(url: string, response: Response): void {
    const { origin } = new URL(url)
    const jar = jars.get(origin) ?? new Map<string, string>()
    jars.set(origin, jar)
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = cookie.split(';')
      const name = pair.slice(0, pair.indexOf('=')).trim()
      if (attributes.some(isOver)) jar.delete(name)
      else jar.set(name, pair.slice(pair.indexOf('=') + 1))
    }
  }

  return { open, cookiesFor }
}

function isOver(attribute: string): boolean {
  const [name, value = ''] = attribute.trim().toLowerCase().split('=')
  return (
    (name === 'max-age' && Number(value) <= 0) ||
    (name === 'expires' && Date.parse(value) < Date.now())
  )
}

const toPost = (form: Readonly<Record<string, string>>, origin: string): RequestInit => ({
  method: 'POST',
  // As text with a stated length: a form is not sent in chunks.
  body: new URLSearchParams(form).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded', origin },
})
