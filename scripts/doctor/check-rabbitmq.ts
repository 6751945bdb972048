import { isSourceError, type SourceFault } from '@/lib/errors'
import { type Finding, missing, ok, toMessage, warn } from './finding'

/** What a broker lets its user see. */
type Described =
  | { readonly kind: 'refused'; readonly why: 'login' | 'tag' | 'vhost' | 'right' }
  | {
      readonly kind: 'seen'
      readonly version: string
      readonly user: string
      readonly tags: readonly string[]
      readonly hasVhost: boolean
      readonly mayLook: boolean
      readonly hasStatistics: boolean
      readonly missing: readonly string[]
    }

const CURES: Readonly<Record<SourceFault, string>> = {
  unreachable:
    'is it started, and RABBITMQ_URL its management interface (port 15672 or 15671), path included? An own CA goes into RABBITMQ_CA_FILE',
  timeout: 'does a firewall swallow it? curl -m 2 "$RABBITMQ_URL/api/overview"',
  rejected: 'look into the log of the broker',
  malformed: 'rabbitmq-plugins enable rabbitmq_management; RABBITMQ_URL holds its path prefix',
  'too-large': 'a proxy answers in its place: see what it sends',
  busy: 'run the doctor again',
  open: 'run the doctor again',
}

const REFUSALS = {
  login: ['refused our user or password', 'RABBITMQ_BASIC=user:password'],
  tag: ['our user may not read statistics', 'rabbitmqctl set_user_tags order_journey monitoring'],
  vhost: ['our user may not look into the virtual host', ''],
  right: ['refused for lack of a right', 'rabbitmqctl set_user_tags order_journey monitoring'],
} as const

/** Whether the broker's management interface shows the queues of the pipeline. `describe` is null where none is configured. */
export async function checkRabbitmq(
  vhost: string,
  describe: (() => Promise<Described>) | null,
): Promise<Finding[]> {
  if (!describe)
    return [
      warn(
        'rabbitmq',
        'not configured: what waits in a queue is seen by traces alone',
        'RABBITMQ_URL=https://…',
      ),
    ]
  try {
    const found = await describe()
    if (found.kind === 'seen') return judge(found, vhost)
    const [says, cure] = REFUSALS[found.why]
    return [missing('rabbitmq', says, cure || permit(vhost, 'order_journey'))]
  } catch (error) {
    const cure = isSourceError(error) ? CURES[error.fault] : 'look at the RABBITMQ_ variables'
    return [missing('rabbitmq', toMessage(error), cure)]
  }
}

const permit = (vhost: string, user: string) =>
  `rabbitmqctl set_permissions -p '${vhost}' ${user} '^$' '^$' '^$'`

function judge(found: Extract<Described, { kind: 'seen' }>, vhost: string): Finding[] {
  const { version, user, tags } = found
  const findings = [ok('rabbitmq', `RabbitMQ ${version}, as ${user}`)]
  if (tags.some((tag) => tag !== 'monitoring' && tag !== 'management'))
    findings.push(
      warn(
        'rabbitmq: user',
        `${user} may do more than look (${tags.join(', ')})`,
        `rabbitmqctl set_user_tags ${user} monitoring`,
      ),
    )
  if (!found.hasStatistics)
    findings.push(
      warn(
        'rabbitmq: statistics',
        'it keeps none: nothing is known but how many messages wait',
        'management.disable_stats = false and management.rates_mode = basic in rabbitmq.conf',
      ),
    )
  if (!found.hasVhost)
    return [
      ...findings,
      missing('rabbitmq: virtual host', `there is no ${vhost}`, 'RABBITMQ_VHOST=…'),
    ]
  if (!found.mayLook)
    return [
      ...findings,
      missing('rabbitmq: virtual host', `${user} may not look into ${vhost}`, permit(vhost, user)),
    ]
  const none = found.missing.join(', ')
  const cure =
    'name the queues of the hand-offs as the broker does: `queues`, `dlq` in the pipeline'
  return none ? [...findings, missing('rabbitmq: queues', `not there: ${none}`, cure)] : findings
}
