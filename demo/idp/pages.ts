import { PEOPLE } from './people'
import { type Locale, textsIn } from './texts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.45 ui-sans-serif, system-ui, sans-serif }
body { margin: 0; background: light-dark(#f4f6f4, #0e1413); color: light-dark(#15201d, #e8efec) }
main { max-width: 34rem; margin: 0 auto; padding: 3rem 1.25rem }
h1 { font-size: 1.4rem; margin: 0 0 .4rem }
p { margin: 0 0 1.4rem; color: light-dark(#51605b, #a3b3ad) }
ul { list-style: none; margin: 0 0 1.5rem; padding: 0; display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)) }
button, input { font: inherit; color: inherit; border: 1px solid light-dark(#74827d, #7b8a85); border-radius: .4rem; background: light-dark(#fff, #151d1b); padding: .55rem .8rem }
button { cursor: pointer; text-align: left }
button:hover { border-color: light-dark(#0b5d61, #74ccc7) }
button:focus-visible, input:focus-visible, a:focus-visible, summary:focus-visible { outline: 2px solid light-dark(#0b5d61, #8fe3de); outline-offset: 2px }
li button { width: 100% }
small { display: block; color: light-dark(#51605b, #a3b3ad) }
label { display: block; margin: .8rem 0 }
input { display: block; width: 100%; box-sizing: border-box; margin-top: .2rem }
summary { cursor: pointer }
a { color: light-dark(#0b5d61, #74ccc7) }
[role=alert] { color: light-dark(#a01d17, #ff9f94) }
`

type SignIn = {
  readonly locale: Locale
  readonly passwords: Readonly<Record<string, string>>
  readonly wrong: boolean
}

/** The people of the demo, one button each: a form post with their password in it, as they would type it. */
export function signInPage({ locale, passwords, wrong }: SignIn): string {
  const t = textsIn(locale)
  const people = PEOPLE.map(
    ({ login, name, title }) => `<li><form method="post">
      <input type="hidden" name="login" value="${inert(login)}">
      <input type="hidden" name="password" value="${inert(passwords[login] ?? '')}">
      <button>${inert(name)} <small>${inert(title[locale])} · ${inert(login)}</small></button>
    </form></li>`,
  )
  return page(
    locale,
    t.title,
    `<p>${t.lead}</p>
    ${wrong ? `<p role="alert">${t.wrong}</p>` : ''}
    <ul>${people.join('')}</ul>
    <details${wrong ? ' open' : ''}><summary>${t.other}</summary><form method="post">
      <label>${t.login} <input name="login" autocomplete="username" required></label>
      <label>${t.password} <input name="password" type="password" autocomplete="current-password" required></label>
      <button>${t.submit}</button>
    </form></details>`,
  )
}

/** Whoever pressed "Sign out" in the app is not asked again: the form sends itself, or waits for a button. */
export function signOutPage(locale: Locale, form: string, nonce: string): string {
  const t = textsIn(locale)
  const yes = `<input type="hidden" name="logout" value="yes"><button>${t.leave}</button></form>`
  return page(
    locale,
    t.leaving,
    `${form.replace('</form>', yes)}<script nonce="${nonce}">document.forms[0].submit()</script>`,
  )
}

/** A sentence, and the way back to the app. */
export function notePage(locale: Locale, note: 'left' | 'broken', app: string): string {
  const t = textsIn(locale)
  const text = note === 'broken' ? `<p>${t.brokenText}</p>` : ''
  return page(locale, t[note], `${text}<a href="${inert(app)}/">${t.again}</a>`)
}

const page = (locale: Locale, title: string, body: string) => `<!doctype html>
<html lang="${locale}">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width">
  <title>${title}</title>
  <style>${STYLE}</style>
  <main><h1>${title}</h1>${body}</main>
</html>`

const inert = (text: string) =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
