import { z } from 'zod'

/** The Jaeger that the stand-in stands for: the last v1, the last with both dialects, the one after it. */
export const mode = z.enum(['v1.76', 'v2.20', 'main'])
export type Mode = z.infer<typeof mode>
