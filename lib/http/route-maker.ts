import type { z } from 'zod'
import type { Projected } from '@/lib/access/project'
import type { RequestInfo, Viewer } from '@/lib/access/viewer'
import { isAppError } from '@/lib/errors'
import { acceptsJson } from './accepts-json'
import { parseInput } from './parse-input'
import { toProblemResponse } from './problem'
import { bodyTypeOf, readBody, toFields } from './read-body'
import { toRequestInfo } from './request-info'
import { requireOwnOrigin } from './require-own-origin'
import { isSeeOther, type SeeOther } from './see-other'
import { STATUS } from './status'
import { toPathFields } from './to-path-fields'
import { toProblem } from './to-problem'

/** Who asks, over which line, and for what. */
export type Asked<Input> = {
  readonly viewer: Viewer
  readonly request: RequestInfo
  readonly input: Input
}

export type Route<Action, Input> = {
  /** What the route is for, as the policy names it. */
  readonly action: Action
  /** Segments, query and body become one object. */
  readonly input: z.ZodType<Input>
  readonly answer: (asked: Asked<Input>) => Promise<Projected<unknown> | SeeOther>
}

/** A refusal that the gate has not seen, because nothing came as far as the gate. */
export type Turned<Action> = {
  readonly action: Action
  readonly request: RequestInfo
  readonly viewer: Viewer | null
  readonly reason: string
  readonly status: number
}

type Parts<Action> = {
  readonly baseUrl: () => URL
  /** Throws `unauthenticated`. */
  readonly requireViewer: () => Promise<Viewer>
  /** Throws `forbidden` for a person without a role. */
  readonly requireEntry: (viewer: Viewer) => void
  readonly record: (turned: Turned<Action>) => Promise<void>
}

type Context = { readonly params: Promise<unknown> }

/**
 * Makes `defineRoute`.
 *
 *   Accept, type ─▶ Origin ─▶ viewer ─▶ input ─▶ answer ─▶ JSON, or 303
 *     406, 415       403       401       400        └─ the gate's own refusals
 */
export function createRouteMaker<Action>({
  baseUrl,
  requireViewer,
  requireEntry,
  record,
}: Parts<Action>) {
  return function defineRoute<Input>({ action, input, answer }: Route<Action, Input>) {
    return async function handle(request: Request, { params }: Context): Promise<Response> {
      const info = toRequestInfo(request.headers)
      const turn = (reason: string, status: number, viewer: Viewer | null) =>
        record({ action, request: info, viewer, reason, status })

      const response = await respond().catch((error) => toProblem(error, info.requestId))
      response.headers.set('cache-control', 'no-store')
      return response

      async function respond(): Promise<Response> {
        const mismatch = findMismatch(request)
        if (mismatch) {
          await turn(mismatch.code, mismatch.status, null)
          return toProblemResponse({ ...mismatch, requestId: info.requestId })
        }
        const asked = await orTurn(null, async () => {
          requireOwnOrigin(request, baseUrl())
          return requireViewer()
        })
        const parsed = await orTurn(asked, async () => {
          requireEntry(asked)
          return parseInput(input, ...(await partsOf()))
        })
        const given = await answer({ viewer: asked, request: info, input: parsed })
        return isSeeOther(given)
          ? new Response(null, { status: 303, headers: { location: given.location } })
          : Response.json(given)
      }

      async function partsOf() {
        const query = toFields(new URL(request.url).searchParams)
        const body = hasBody(request) ? [await readBody(request)] : []
        return [toPathFields(await params), query, ...body]
      }

      /** Nothing is refused without a row. */
      async function orTurn<T>(viewer: Viewer | null, step: () => Promise<T>): Promise<T> {
        try {
          return await step()
        } catch (error) {
          if (isAppError(error) && error.code !== 'unavailable')
            await turn(error.code, STATUS[error.code], viewer)
          throw error
        }
      }
    }
  }
}

// The front door lets no body pass that does not state its length.
const hasBody = ({ method, headers }: Request) =>
  method !== 'GET' && method !== 'HEAD' && Number(headers.get('content-length') ?? 0) > 0

function findMismatch(request: Request) {
  if (!acceptsJson(request.headers.get('accept')))
    return { status: 406, code: 'not-acceptable', detail: 'This answer is JSON' }
  if (hasBody(request) && !bodyTypeOf(request))
    return { status: 415, code: 'unsupported-media-type', detail: 'Send JSON or a form' }
  return null
}
