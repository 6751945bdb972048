import type { World } from './cases/case'
import { fileWorlds } from './cases/files'
import { healthyWorlds } from './cases/healthy'
import { intakeWorlds } from './cases/intake'
import { messageWorlds } from './cases/messages'
import { peopleWorlds } from './cases/people'
import { pricingWorlds } from './cases/pricing'
import { recordWorlds } from './cases/records'

/** Every order that is lived through. */
export const allWorlds = (): readonly World[] => [
  ...intakeWorlds(),
  ...fileWorlds(),
  ...messageWorlds(),
  ...pricingWorlds(),
  ...peopleWorlds(),
  ...recordWorlds(),
  ...healthyWorlds(),
]
