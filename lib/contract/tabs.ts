/** The views of one order, as the address names them. */
export const TABS = ['timeline', 'history', 'traces', 'compare'] as const
export type Tab = (typeof TABS)[number]
