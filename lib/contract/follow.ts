import { z } from 'zod'
import { orderParams } from './order'

const name = z
  .string()
  .max(40)
  .regex(/^[\w-]*$/)
  .optional()

/** What asks for the events of an order: what it knows already, and which tab of a browser it is. */
export const followQuery = orderParams.extend({ since: name, tab: name })
