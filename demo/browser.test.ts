import { expect, test } from 'vitest'
import { createBrowser } from './browser'

test('carries cookies per site through redirects, posts once, and drops what is deleted', async () => {
  const seen: string[] = []
  const answers: Record<string, () => Response> = {
    'http://app/start': () =>
      redirect('http://idp/form', 'state=1; Path=/; HttpOnly', 'old=1; Path=/'),
    'http://idp/form': () => redirect('/back', 'idp=1'),
    'http://idp/back': () => redirect('http://app/end?x=1'),
    'http://app/end?x=1': () =>
      new Response('in', { headers: { 'set-cookie': 'old=; Max-Age=0' } }),
  }
  const browser = createBrowser(async (url, init) => {
    seen.push(`${init?.method ?? 'GET'} ${url} [${new Headers(init?.headers).get('cookie')}]`)
    return answers[String(url)]?.() ?? new Response(null, { status: 404 })
  })

  const page = await browser.open('http://app/start', { form: { a: 'b' } })
  expect(page).toEqual({ url: 'http://app/end?x=1', status: 200, text: 'in' })
  expect(seen).toEqual([
    'POST http://app/start []',
    'GET http://idp/form []',
    'GET http://idp/back [idp=1]',
    'GET http://app/end?x=1 [state=1; old=1]',
  ])
  expect(browser.cookiesFor('http://app/')).toBe('state=1')
})

function redirect(location: string, ...cookies: string[]): Response {
  const headers = new Headers({ location })
  for (const cookie of cookies) headers.append('set-cookie', cookie)
  return new Response(null, { status: 303, headers })
}
