import 'server-only'
import { type Env, readEnv } from '@/lib/env'
import { type AddressList, toAddressList } from './address-list'

const LOOPBACK = ['127.0.0.0/8', '::1']

/** Who may ask `/readyz`: this machine, and whom `READYZ_FROM` names. Throws where it names no network. */
export function readinessAskers(
  { readyzFrom, allowInsecure }: Pick<Env, 'readyzFrom' | 'allowInsecure'> = readEnv(),
): AddressList {
  return toAddressList('READYZ_FROM', [...LOOPBACK, ...readyzFrom], allowInsecure)
}
