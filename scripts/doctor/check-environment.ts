import { type Env, parseEnv } from '@/lib/env'
import { type Finding, missing, ok, toMessage, warn } from './finding'

type Checked = { readonly env: Env | null; readonly findings: readonly Finding[] }

/** Whether the environment can be read at all: without it nothing else can be looked at. */
export function checkEnvironment(source: Readonly<Record<string, string | undefined>>): Checked {
  let env: Env
  try {
    env = parseEnv(source)
  } catch (error) {
    const cure = 'Each variable is in docs/running.md. Each secret may come from a file: NAME_FILE.'
    return { env: null, findings: [missing('environment', toMessage(error), cure)] }
  }
  return { env, findings: [ok('environment', `for ${env.baseUrl.origin}`), ...doubts(env)] }
}

function doubts({ baseUrl, allowInsecure }: Env): Finding[] {
  const findings: Finding[] = []
  if (baseUrl.protocol !== 'https:')
    findings.push(
      warn('BASE_URL', 'is not https: cookies can be read on the way', 'BASE_URL=https://…'),
    )
  if (allowInsecure)
    findings.push(
      warn(
        'ALLOW_INSECURE',
        'unsafe settings are allowed: for a demonstration only',
        'unset ALLOW_INSECURE',
      ),
    )
  return findings
}
