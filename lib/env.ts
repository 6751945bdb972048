import 'server-only'
import fs from 'node:fs'
import { z } from 'zod'
import { metricNames } from '@/lib/sources/metric-names'

const url = z.url().transform((text) => new URL(text))
const flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((text) => text === '1')
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((word) => word.trim() || []))
const json = <T>(schema: z.ZodType<T>) =>
  z.string().transform((text, context) => {
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    context.addIssue({ code: 'custom', message: `not the JSON expected: ${parsed.error.message}` })
    return z.NEVER
  })

const role = z.enum(['support', 'manager', 'devops', 'developer', 'qa', 'partner'])
const roleMap = z.record(
  z.string().max(200),
  z.union([
    role,
    z.strictObject({
      role,
      partner: z.string().max(80).optional(),
      channel: z.string().max(80).optional(),
    }),
  ]),
)

const schema = z.object({
  BASE_URL: url,
  PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  STORE_URL: z.url(),
  PIPELINE_FILE: z.string().default('lib/pipeline/alexandrite.yaml'),
  JAEGER_URL: url.optional(),
  JAEGER_CA_FILE: z.string().optional(),
  JAEGER_CERT_FILE: z.string().optional(),
  JAEGER_KEY_FILE: z.string().optional(),
  JAEGER_SERVER_NAME: z.string().optional(),
  JAEGER_BEARER: z.string().optional(),
  JAEGER_BASIC: z.string().optional(),
  JAEGER_HEADERS: json(z.record(z.string(), z.string())).optional(),
  JAEGER_ALLOW_INSECURE: flag,
  JAEGER_DIALECT: z.enum(['auto', 'v3', 'legacy']).default('auto'),
  JAEGER_STORAGE: z
    .enum(['memory', 'elasticsearch', 'cassandra', 'badger', 'clickhouse', 'unknown'])
    .default('unknown'),
  JAEGER_TRACE_URL: z.string().includes('{traceId}').optional(),
  PROMETHEUS_URL: url.optional(),
  PROMETHEUS_CA_FILE: z.string().optional(),
  PROMETHEUS_CERT_FILE: z.string().optional(),
  PROMETHEUS_KEY_FILE: z.string().optional(),
  PROMETHEUS_SERVER_NAME: z.string().optional(),
  PROMETHEUS_BEARER: z.string().optional(),
  PROMETHEUS_BASIC: z.string().optional(),
  PROMETHEUS_HEADERS: json(z.record(z.string(), z.string())).optional(),
  PROMETHEUS_ALLOW_INSECURE: flag,
  PROMETHEUS_NAMES: json(metricNames).optional(),
  PROMETHEUS_VHOST: z.string().max(255).optional(),
  S3_ENDPOINT: url.optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .optional(),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_PATH_STYLE: z.enum(['0', '1']).optional(),
  S3_CA_FILE: z.string().optional(),
  S3_CERT_FILE: z.string().optional(),
  S3_KEY_FILE: z.string().optional(),
  S3_SERVER_NAME: z.string().optional(),
  S3_ALLOW_INSECURE: flag,
  RABBITMQ_URL: url.optional(),
  RABBITMQ_CA_FILE: z.string().optional(),
  RABBITMQ_CERT_FILE: z.string().optional(),
  RABBITMQ_KEY_FILE: z.string().optional(),
  RABBITMQ_SERVER_NAME: z.string().optional(),
  RABBITMQ_BEARER: z.string().optional(),
  RABBITMQ_BASIC: z.string().optional(),
  RABBITMQ_HEADERS: json(z.record(z.string(), z.string())).optional(),
  RABBITMQ_ALLOW_INSECURE: flag,
  RABBITMQ_VHOST: z.string().max(255).optional(),
  OIDC_ISSUER: url,
  OIDC_CLIENT_ID: z.string().min(1),
  OIDC_CLIENT_SECRET: z.string().min(1),
  OIDC_SCOPES: z.string().default('openid profile'),
  OIDC_ROLES_CLAIM: z.string().default('groups'),
  OIDC_ROLE_MAP: json(roleMap),
  OIDC_MFA_ACR: list,
  NEXTAUTH_SECRET: z.string().min(32),
  ID_HASH_KEY: z.string().min(32),
  AUDIT_SPOOL_FILE: z.string().min(1),
  TRUSTED_PROXIES: list,
  READYZ_FROM: list,
  ALLOW_INSECURE: flag,
  WATCH_ROWS_MS: z.coerce.number().int().min(5_000).max(60_000).default(5_000),
  WATCH_TRACES_MS: z.coerce.number().int().min(5_000).max(300_000).default(30_000),
  WATCH_CHECK_MS: z.coerce.number().int().min(1_000).max(60_000).default(60_000),
  DRAIN_MS: z.coerce.number().int().min(0).max(60_000).default(5_000),
  SUPPORT_CONTACT: z.string().max(200).default(''),
})

/** One order database, as its variables name it. */
export type OrderDatabaseEnv = {
  readonly url: string
  readonly caFile: string | undefined
  readonly certFile: string | undefined
  readonly keyFile: string | undefined
}

export type Env = ReturnType<typeof parseEnv>

type Variables = Readonly<Record<string, string | undefined>>

let ofProcess: Env | null = null

/** The settings of this process, read once: a file with a new secret takes a restart. Throws what `parseEnv` throws. */
export function readEnv(): Env {
  ofProcess ??= parseEnv(process.env)
  return ofProcess
}

/** The only reader of the environment; every variable may also come from the file that NAME_FILE names. */
export function parseEnv(source: Variables) {
  if (source.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    throw new Error('NODE_TLS_REJECT_UNAUTHORIZED=0 would trust every certificate: unset it')

  const parsed = schema.safeParse(withFiles(source))
  if (!parsed.success) throw new Error(`Bad environment:\n${z.prettifyError(parsed.error)}`)
  const env = parsed.data
  return {
    baseUrl: env.BASE_URL,
    port: env.PORT ?? Number(env.BASE_URL.port || (env.BASE_URL.protocol === 'https:' ? 443 : 80)),
    storeUrl: env.STORE_URL,
    pipelineFile: env.PIPELINE_FILE,
    jaeger: env.JAEGER_URL && {
      baseUrl: env.JAEGER_URL,
      caFile: env.JAEGER_CA_FILE,
      certFile: env.JAEGER_CERT_FILE,
      keyFile: env.JAEGER_KEY_FILE,
      serverName: env.JAEGER_SERVER_NAME,
      bearer: env.JAEGER_BEARER,
      basic: env.JAEGER_BASIC,
      headers: env.JAEGER_HEADERS ?? {},
      allowInsecure: env.JAEGER_ALLOW_INSECURE,
      dialect: env.JAEGER_DIALECT,
      storage: env.JAEGER_STORAGE,
      traceUrl: env.JAEGER_TRACE_URL ?? null,
    },
    storage: toStorage(env),
    prometheus: env.PROMETHEUS_URL && {
      baseUrl: env.PROMETHEUS_URL,
      caFile: env.PROMETHEUS_CA_FILE,
      certFile: env.PROMETHEUS_CERT_FILE,
      keyFile: env.PROMETHEUS_KEY_FILE,
      serverName: env.PROMETHEUS_SERVER_NAME,
      bearer: env.PROMETHEUS_BEARER,
      basic: env.PROMETHEUS_BASIC,
      headers: env.PROMETHEUS_HEADERS ?? {},
      allowInsecure: env.PROMETHEUS_ALLOW_INSECURE,
      names: env.PROMETHEUS_NAMES ?? {},
      vhost: env.PROMETHEUS_VHOST ?? env.RABBITMQ_VHOST ?? null,
    },
    rabbitmq: env.RABBITMQ_URL && {
      baseUrl: env.RABBITMQ_URL,
      caFile: env.RABBITMQ_CA_FILE,
      certFile: env.RABBITMQ_CERT_FILE,
      keyFile: env.RABBITMQ_KEY_FILE,
      serverName: env.RABBITMQ_SERVER_NAME,
      bearer: env.RABBITMQ_BEARER,
      basic: env.RABBITMQ_BASIC,
      headers: env.RABBITMQ_HEADERS ?? {},
      allowInsecure: env.RABBITMQ_ALLOW_INSECURE,
      vhost: env.RABBITMQ_VHOST ?? '/',
    },
    oidc: {
      issuer: env.OIDC_ISSUER,
      clientId: env.OIDC_CLIENT_ID,
      clientSecret: env.OIDC_CLIENT_SECRET,
      scopes: env.OIDC_SCOPES,
      rolesClaim: env.OIDC_ROLES_CLAIM,
      roleMap: env.OIDC_ROLE_MAP,
      mfaAcr: env.OIDC_MFA_ACR,
    },
    nextAuthSecret: env.NEXTAUTH_SECRET,
    idHashKey: env.ID_HASH_KEY,
    auditSpoolFile: env.AUDIT_SPOOL_FILE,
    trustedProxies: env.TRUSTED_PROXIES,
    readyzFrom: env.READYZ_FROM,
    allowInsecure: env.ALLOW_INSECURE,
    drainMs: env.DRAIN_MS,
    watch: {
      rowsMs: env.WATCH_ROWS_MS,
      tracesMs: env.WATCH_TRACES_MS,
      checkMs: env.WATCH_CHECK_MS,
    },
    supportContact: env.SUPPORT_CONTACT,
    orderDatabase: (name: string) => orderDatabase(source, name),
  }
}

/** The file storage; null where neither its address nor a region of AWS is named. */
function toStorage(env: z.infer<typeof schema>) {
  const { S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env
  if (!env.S3_ENDPOINT && !env.S3_REGION) return null
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey))
    throw new Error('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY: both of them, or neither')
  return {
    endpoint: env.S3_ENDPOINT ?? null,
    region: env.S3_REGION ?? 'us-east-1',
    // Outside of AWS few storages have a name in the DNS for every bucket.
    pathStyle: env.S3_PATH_STYLE ? env.S3_PATH_STYLE === '1' : env.S3_ENDPOINT !== undefined,
    credentials: accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : null,
    caFile: env.S3_CA_FILE,
    certFile: env.S3_CERT_FILE,
    keyFile: env.S3_KEY_FILE,
    serverName: env.S3_SERVER_NAME,
    allowInsecure: env.S3_ALLOW_INSECURE,
  }
}

/** The variables of one order database: `ORDER_DB_<NAME>_URL` and its certificates. */
function orderDatabase(source: Variables, name: string): OrderDatabaseEnv | null {
  const prefix = `ORDER_DB_${name.toUpperCase().replaceAll('-', '_')}`
  const address = withFile(source, `${prefix}_URL`)
  if (!address) return null
  return {
    url: address,
    caFile: source[`${prefix}_CA_FILE`],
    certFile: source[`${prefix}_CERT_FILE`],
    keyFile: source[`${prefix}_KEY_FILE`],
  }
}

const withFiles = (source: Variables) =>
  Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, withFile(source, name) || undefined]),
  )

function withFile(source: Variables, name: string) {
  const file = source[`${name}_FILE`]
  return file && !source[name] ? fs.readFileSync(file, 'utf8').trim() : source[name]
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // The schema says what was expected.
  }
}
