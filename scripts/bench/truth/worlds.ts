import type { World } from './cases/case'
import { messageWorlds } from './cases/messages'

/** Every order that is lived through. */
export const allWorlds = (): readonly World[] => [...messageWorlds()]
