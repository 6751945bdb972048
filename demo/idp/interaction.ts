import crypto from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type Provider from 'oidc-provider'
import type { Context, Interaction } from './context'
import { notePage, signInPage } from './pages'
import { findPerson } from './people'
import type { IdpSecrets } from './secrets'
import { findLocale } from './texts'

const FORM_BYTES = 4_096

/** The provider's own pages: who signs in, and no question about what our own app asks for. */
export function createInteraction(provider: Provider, { passwords }: IdpSecrets, app: string) {
  return async function interact(context: Context, next: () => Promise<void>): Promise<void> {
    if (!/^\/interaction\/[^/]+$/.test(context.path)) return next()

    const interaction = await provider
      .interactionDetails(context.req, context.res)
      .catch(() => null) // Too old, or of another browser: either way it cannot go on.
    if (!interaction) {
      const locale = findLocale(undefined, context.headers['accept-language'])
      return show(context, 400, notePage(locale, 'broken', app))
    }
    if (interaction.prompt.name === 'consent') return consent(context, interaction)
    if (context.method === 'POST') return signIn(context, interaction)
    show(
      context,
      200,
      signInPage({ locale: localeOf(context, interaction), passwords, wrong: false }),
    )
  }

  async function signIn(context: Context, interaction: Interaction) {
    const form = await readForm(context.req)
    const person = findPerson(form.get('login') ?? '')
    if (!person || !isSame(form.get('password'), passwords[person.login])) {
      const locale = localeOf(context, interaction)
      return show(context, 401, signInPage({ locale, passwords, wrong: true }))
    }
    const login = {
      accountId: person.login,
      acr: 'urn:mfa',
      amr: ['pwd', 'otp', 'mfa'],
      remember: true,
    }
    await finish(context, { login }, false)
  }

  async function consent(context: Context, { grantId, session, params, prompt }: Interaction) {
    const known = grantId ? await provider.Grant.find(grantId) : undefined
    const grant =
      known ?? new provider.Grant({ accountId: session?.accountId, clientId: params.client_id })
    const { missingOIDCScope, missingOIDCClaims } = prompt.details
    if (missingOIDCScope) grant.addOIDCScope(missingOIDCScope.join(' '))
    if (missingOIDCClaims) grant.addOIDCClaims(missingOIDCClaims)
    await finish(context, { consent: { grantId: await grant.save() } }, true)
  }

  async function finish(context: Context, result: Record<string, unknown>, merge: boolean) {
    context.respond = false // interactionFinished() writes the answer itself
    await provider.interactionFinished(context.req, context.res, result, {
      mergeWithLastSubmission: merge,
    })
  }
}

const localeOf = (context: Context, { params }: Interaction) =>
  findLocale(params.ui_locales, context.headers['accept-language'])

function show(context: Context, status: number, page: string): void {
  context.status = status
  context.type = 'html'
  context.set('cache-control', 'no-store')
  context.body = page
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > FORM_BYTES) break
  }
  return new URLSearchParams(text)
}

function isSame(given: string | null, expected: string | undefined): boolean {
  const digest = (text: string) => crypto.createHash('sha256').update(text).digest()
  return expected !== undefined && crypto.timingSafeEqual(digest(given ?? ''), digest(expected))
}
