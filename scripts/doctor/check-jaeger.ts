import { isSourceError, type SourceFault } from '@/lib/errors'
import { type Finding, missing, ok, toMessage, warn } from './finding'

/** What a probe of a trace store found. */
type Described = {
  readonly find: 'v3' | 'v3-unfiltered' | 'legacy'
  readonly get: 'v3' | 'legacy'
  readonly serviceless: boolean
}

const CURES: Readonly<Record<SourceFault, string>> = {
  unreachable:
    'is it started, and JAEGER_URL right, path included? An own CA goes into JAEGER_CA_FILE',
  timeout: 'does a firewall swallow it? curl -m 4 "$JAEGER_URL/api/services"',
  rejected: 'JAEGER_BEARER, JAEGER_BASIC or JAEGER_HEADERS: it refused us',
  malformed:
    'is this the query service (port 16686) and not the collector, and does JAEGER_URL hold its base path?',
  'too-large': 'a proxy answers in its place: see what it sends',
  busy: 'run the doctor again',
  open: 'run the doctor again',
}

/** Whether the trace store answers, and in which dialect. `describe` is null where none is configured. */
export async function checkJaeger(describe: (() => Promise<Described>) | null): Promise<Finding[]> {
  if (!describe)
    return [
      warn(
        'jaeger',
        'not configured: journeys are drawn from the databases alone',
        'JAEGER_URL=https://…',
      ),
    ]
  try {
    const { find, get, serviceless } = await describe()
    const width = serviceless ? 'all services at once' : 'service by service'
    const findings = [ok('jaeger', `searches by ${find}, reads by ${get}, ${width}`)]
    if (find !== 'v3-unfiltered') return findings
    const says =
      'this version ignores the order id in a search, so that much is read to find little'
    return [...findings, warn('jaeger: search', says, 'JAEGER_DIALECT=legacy, or a newer Jaeger')]
  } catch (error) {
    const cure = isSourceError(error) ? CURES[error.fault] : 'look at the JAEGER_ variables'
    return [missing('jaeger', toMessage(error), cure)]
  }
}
