import path from 'node:path'
import { ROLE_MAP } from '../idp/people'
import type { Secrets } from './settings'

type Places = {
  readonly folder: string
  readonly baseUrl: string
  readonly issuer: string
  readonly clientSecret: string
  readonly storeUrl: string
  readonly shopUrl: string
  readonly mesUrl: string
  /** Where the product asks for traces. */
  readonly jaegerUrl: string
  /** What stores them, where this is known. */
  readonly jaegerStorage: string
  /** Where a person's browser may see one. */
  readonly traceUrl: string
  /** Where files are, and who may look: the storage of the demo knows nobody else, and asks for no secret. */
  readonly storage?: { readonly url: string; readonly reader: string }
  readonly prometheusUrl?: string
  /** Where queues are shown, and to whom: `user:password`. */
  readonly broker?: { readonly url: string; readonly login: string }
  readonly secrets: Secrets
}

/** The environment of the product, as an operator of this company would write it. */
export const frontDoorEnv = (places: Places): Record<string, string> => ({
  NODE_ENV: 'production',
  BASE_URL: places.baseUrl,
  STORE_URL: places.storeUrl,
  ORDER_DB_SHOP_URL: places.shopUrl,
  ORDER_DB_MES_URL: places.mesUrl,
  JAEGER_URL: places.jaegerUrl,
  JAEGER_ALLOW_INSECURE: '1',
  JAEGER_STORAGE: places.jaegerStorage,
  JAEGER_TRACE_URL: places.traceUrl,
  ...(places.storage && {
    S3_ENDPOINT: places.storage.url,
    S3_ALLOW_INSECURE: '1',
    S3_ACCESS_KEY_ID: places.storage.reader,
    S3_SECRET_ACCESS_KEY: places.secrets.reader,
  }),
  ...(places.prometheusUrl && {
    PROMETHEUS_URL: places.prometheusUrl,
    PROMETHEUS_ALLOW_INSECURE: '1',
  }),
  ...(places.broker && {
    RABBITMQ_URL: places.broker.url,
    RABBITMQ_BASIC: places.broker.login,
    RABBITMQ_ALLOW_INSECURE: '1',
  }),
  OIDC_ISSUER: places.issuer,
  OIDC_CLIENT_ID: 'order-journey',
  OIDC_CLIENT_SECRET: places.clientSecret,
  OIDC_SCOPES: 'openid profile groups',
  OIDC_ROLES_CLAIM: 'groups',
  OIDC_ROLE_MAP: JSON.stringify(ROLE_MAP),
  NEXTAUTH_SECRET: places.secrets.nextAuth,
  ID_HASH_KEY: places.secrets.idHash,
  AUDIT_SPOOL_FILE: path.join(places.folder, 'audit.jsonl'),
  DRAIN_MS: '0',
  SUPPORT_CONTACT: 'it@alexandrite.example',
})
