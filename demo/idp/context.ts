import type { IncomingMessage, ServerResponse } from 'node:http'

/** A request to the provider, as its middleware sees it. */
export type Context = {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly path: string
  readonly method: string
  readonly headers: IncomingMessage['headers']
  readonly oidc?: { readonly params?: Readonly<Record<string, unknown>> }
  status: number
  type: string
  body: string
  respond: boolean
  set(name: string, value: string): void
}

/** What the provider waits for a person to do. */
export type Interaction = {
  readonly grantId?: string
  readonly session?: { readonly accountId: string }
  readonly params: Readonly<Record<string, unknown>>
  readonly prompt: {
    readonly name: string
    readonly details: {
      readonly missingOIDCScope?: readonly string[]
      readonly missingOIDCClaims?: readonly string[]
    }
  }
}

export type Grant = {
  addOIDCScope(scope: string): void
  addOIDCClaims(claims: readonly string[]): void
  save(): Promise<string>
}
