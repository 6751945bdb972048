import 'server-only'
import { readEnv } from '@/lib/env'

/** The host where people sign in, as a page may name it. */
export const providerHost = (): string => readEnv().oidc.issuer.host
