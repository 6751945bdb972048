import 'server-only'
import { readEnv } from '@/lib/env'

/** Whom people may ask; empty where nobody is named. */
export const supportContact = (): string => readEnv().supportContact
