import { SourceError } from '@/lib/errors'
import type { Transport } from '../fetch-json'
import { type Answered, ask, type Question, type Refusal } from './ask'
import { overviewReply, queueReply, vhostsReply, whoamiReply } from './schema'

/** What a broker lets this user see. */
export type BrokerDescription =
  | { readonly kind: 'refused'; readonly why: Refusal }
  | {
      readonly kind: 'seen'
      readonly version: string
      readonly user: string
      readonly tags: readonly string[]
      readonly hasVhost: boolean
      /** The user may look into the virtual host. */
      readonly mayLook: boolean
      readonly hasStatistics: boolean
      /** Of the pipeline's queues those that are not there. */
      readonly missing: readonly string[]
    }

type Where = { readonly baseUrl: URL; readonly vhost: string; readonly queues: readonly string[] }

/** Asks who we are and what is there. Throws `SourceError`; `malformed` is "no management API at this address". */
export async function describeBroker(
  { baseUrl, vhost, queues }: Where,
  transport: Transport,
): Promise<BrokerDescription> {
  const [user, overview, vhosts] = await Promise.all([
    ask(baseUrl, at('whoami'), whoamiReply, transport),
    ask(baseUrl, at('overview'), overviewReply, transport),
    ask(baseUrl, at('vhosts'), vhostsReply, transport),
  ])
  for (const answered of [user, overview, vhosts])
    if (answered.kind === 'refused') return { kind: 'refused', why: answered.why }
  const { name, tags } = answerIn(user)
  const { rabbitmq_version: version, rates_mode: mode, disable_stats: off } = answerIn(overview)

  const found = await Promise.all(
    queues.map((queue) => ask(baseUrl, at('queues', vhost, queue), queueReply, transport)),
  )
  return {
    kind: 'seen',
    version,
    user: name,
    tags,
    hasVhost: answerIn(vhosts).some((one) => one.name === vhost),
    mayLook: found.every(({ kind }) => kind !== 'refused'),
    hasStatistics: off !== true && mode !== 'none',
    missing: queues.filter((_, index) => found[index]?.kind === 'missing'),
  }
}

const at = (...path: readonly string[]): Question => ({ path })

function answerIn<T>(answered: Answered<T>): T {
  if (answered.kind === 'ok') return answered.value
  throw new SourceError('rabbitmq', 'malformed', new Error('No management API at this address'))
}
