import type { z } from 'zod'
import { SourceError } from '@/lib/errors'
import { exchange, type Reply, readReply, type Transport } from '../fetch-json'
import { errorReply } from './schema'

/** `login` wrong user or password · `tag` no management tag · `vhost` no permission there · `right` anything else. */
export type Refusal = 'login' | 'tag' | 'vhost' | 'right'

/** RabbitMQ says 404 of whatever is not there, be it a queue, a virtual host or a path; `unfit` of a range it has no samples for. */
export type Answered<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unfit' }
  | { readonly kind: 'refused'; readonly why: Refusal }

export type Question = {
  /** Below `api/`, each part by itself: all of them are encoded. */
  readonly path: readonly string[]
  readonly query?: Readonly<Record<string, string | number>>
}

/** One GET of the management interface. Throws `SourceError` for all but a refusal and what is not there. */
export async function ask<T>(
  baseUrl: URL,
  { path, query = {} }: Question,
  schema: z.ZodType<T>,
  transport: Transport,
): Promise<Answered<T>> {
  const url = new URL(
    ['api', ...path.map(encodeURIComponent)].join('/'),
    baseUrl.href.endsWith('/') ? baseUrl : `${baseUrl.href}/`,
  )
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, `${value}`)
  const reply = await exchange('rabbitmq', url, transport)
  const { status } = reply
  if (status === 401 || status === 403) return { kind: 'refused', why: toRefusal(reply) }
  if (status === 404) return { kind: 'missing' }
  if (status === 400) return { kind: 'unfit' }
  if (status >= 400) throw new SourceError('rabbitmq', 'rejected', new Error(`HTTP ${status}`))
  return { kind: 'ok', value: readReply('rabbitmq', reply, schema) }
}

/** 401 has four meanings, and only its reason tells them apart. */
function toRefusal(reply: Reply): Refusal {
  const parsed = errorReply.safeParse(reply.kind === 'json' ? reply.json : null)
  // Without credentials the body is empty.
  if (!parsed.success) return reply.status === 401 ? 'login' : 'right'
  const { error, reason } = parsed.data
  if (error === 'not_authorized' || /login failed/i.test(reason)) return 'login'
  if (/virtual host/i.test(reason)) return 'vhost'
  return /^not \w+ user$/i.test(reason) ? 'tag' : 'right'
}
