import { isSourceError, type SourceFault } from '@/lib/errors'
import { type Finding, missing, ok, toMessage, warn } from './finding'

/** The names that were found. */
type Described = {
  readonly spans: {
    readonly calls: string
    readonly duration: { readonly metric: string } | null
  } | null
  readonly gauges: Readonly<Record<string, string | undefined>>
  readonly counters: readonly string[]
}

const CURES: Readonly<Record<SourceFault, string>> = {
  unreachable: 'is PROMETHEUS_URL right, path included? An own CA goes into PROMETHEUS_CA_FILE',
  timeout:
    'curl -m 2 "$PROMETHEUS_URL/api/v1/query?query=up": too slow, or swallowed by a firewall',
  rejected: 'PROMETHEUS_BEARER, PROMETHEUS_BASIC or PROMETHEUS_HEADERS; or it is still starting',
  malformed: 'PROMETHEUS_URL is no Prometheus: does it hold the base path?',
  'too-large': 'a proxy answers in its place: see what it sends',
  busy: 'run the doctor again',
  open: 'run the doctor again',
}

/** Whether the metrics store answers, and what it has of that which is looked for. `describe` is null where none is configured. */
export async function checkMetrics(
  describe: (() => Promise<Described>) | null,
): Promise<Finding[]> {
  if (!describe)
    return [
      warn(
        'prometheus',
        'not configured: how the systems do now is not known',
        'PROMETHEUS_URL=https://…',
      ),
    ]
  try {
    const { spans, gauges, counters } = await describe()
    return [ofSpans(spans), ofQueues(gauges.ready, gauges.consumers), ...ofCounters(counters)]
  } catch (error) {
    const cure = isSourceError(error) ? CURES[error.fault] : 'look at the PROMETHEUS_ variables'
    return [missing('prometheus', toMessage(error), cure)]
  }
}

function ofSpans(spans: Described['spans']): Finding {
  const subject = 'prometheus: systems'
  if (!spans)
    return warn(
      subject,
      'no metrics of spans under a known name',
      'the spanmetrics connector of the collector, or its names in PROMETHEUS_NAMES',
    )
  return spans.duration
    ? ok(subject, `${spans.calls}, ${spans.duration.metric}`)
    : warn(
        subject,
        `${spans.calls}, and no durations with a unit in their name`,
        'PROMETHEUS_NAMES={"spans":{…,"duration":{"metric":"…_bucket","unit":"ms"}}}',
      )
}

function ofQueues(ready: string | undefined, consumers: string | undefined): Finding {
  const subject = 'prometheus: queues'
  return ready && consumers
    ? ok(subject, ready)
    : warn(
        subject,
        'no metrics of single queues',
        'scrape RabbitMQ at :15692/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count',
      )
}

const ofCounters = (counters: readonly string[]): readonly Finding[] =>
  counters.length > 0
    ? []
    : [
        warn(
          'prometheus: lost messages',
          'no counters of unroutable and dead-lettered messages',
          'scrape RabbitMQ at :15692/metrics',
        ),
      ]
