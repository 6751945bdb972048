import type { z } from 'zod'
import type { Projected } from '@/lib/access/project'
import type { RequestInfo, Viewer } from '@/lib/access/viewer'
import { isAppError } from '@/lib/errors'
import { acceptsEvents, acceptsJson } from './accepts'
import { type EventStream, isEventStream, toEventResponse } from './event-stream'
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

/** A route that answers with events. */
export type EventRoute<Action, Input> = {
  readonly action: Action
  readonly input: z.ZodType<Input>
  /** `lastEventId`: what a browser that was cut off had last. */
  readonly stream: (
    asked: Asked<Input> & { readonly lastEventId: string | null },
  ) => Promise<EventStream>
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
  return function defineRoute<Input>(route: Route<Action, Input> | EventRoute<Action, Input>) {
    const { action, input } = route
    return async function handle(request: Request, { params }: Context): Promise<Response> {
      const info = toRequestInfo(request.headers)
      const turn = (reason: string, status: number, viewer: Viewer | null) =>
        record({ action, request: info, viewer, reason, status })

      const response = await respond().catch((error) => toProblem(error, info.requestId))
      if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store')
      return response

      async function respond(): Promise<Response> {
        const mismatch = findMismatch(request, 'stream' in route)
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
        const given = await give({ viewer: asked, request: info, input: parsed })
        if (isEventStream(given)) return toEventResponse(given, request)
        return isSeeOther(given)
          ? new Response(null, { status: 303, headers: { location: given.location } })
          : Response.json(given)
      }

      function give(asked: Asked<Input>) {
        if (!('stream' in route)) return route.answer(asked)
        return route.stream({ ...asked, lastEventId: request.headers.get('last-event-id') })
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

function findMismatch(request: Request, streams: boolean) {
  const accept = request.headers.get('accept')
  if (streams && !acceptsEvents(accept))
    return { status: 406, code: 'not-acceptable', detail: 'This answer is a stream of events' }
  if (!streams && !acceptsJson(accept))
    return { status: 406, code: 'not-acceptable', detail: 'This answer is JSON' }
  if (hasBody(request) && !bodyTypeOf(request))
    return { status: 415, code: 'unsupported-media-type', detail: 'Send JSON or a form' }
  return null
}
