import 'server-only'
import { cache } from 'react'
import { findStandingSession } from '@/lib/store/sessions'

/** `findStandingSession`, once for all parts of one page. Elsewhere each call reads anew. */
export const standingSession = cache((id: string) => findStandingSession(id))
