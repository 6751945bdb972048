import { NOT_FOUND, type Reply } from './reply'
import type { Context } from './route'
import { LEGACY_ROUTES } from './routes-legacy'
import { PAGE_ROUTES } from './routes-page'
import { V3_ROUTES } from './routes-v3'

const ROUTES = [...V3_ROUTES, ...LEGACY_ROUTES, ...PAGE_ROUTES]

/** What the stand-in answers to a GET: the first route of its mode that fits. */
export function answer(pathname: string, context: Context): Reply {
  for (const { path, modes, answer: answerIt } of ROUTES) {
    const found = modes?.includes(context.mode) === false ? null : path.exec(pathname)
    if (found) return answerIt(context, found.slice(1).map(decode))
  }
  return NOT_FOUND
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part // A stray % stands for itself.
  }
}
