import type { Finding, FindingId, OnTrackCase, Verdict } from '@/lib/journey/finding'

/** Who acts, what to do and what not: codes, each with a text in the catalogues. */
export type Advice = {
  readonly acts: (typeof ACTS)[number]
  readonly advice: (typeof ADVICE)[number]
  readonly warning: (typeof WARNINGS)[number] | null
}

export const ACTS = [
  'customer',
  'engineers',
  'sales',
  'operator',
  'carrier',
  'staff',
  'nobody',
  'support',
] as const
export const ADVICE = [
  'customer-again',
  'customer-next',
  'tell-engineers',
  'ask-person',
  'tell-newer',
  'check-first',
  'check-delivery',
  'look-again',
  'wait',
] as const
export const WARNINGS = ['no-reorder', 'no-promise', 'no-blame', 'no-confirm', 'no-price'] as const

const engineers = (warning: Advice['warning']): Advice => ({
  acts: 'engineers',
  advice: 'tell-engineers',
  warning,
})

const BY_FINDING: Readonly<Record<FindingId, Advice>> = {
  'FP-01': { acts: 'customer', advice: 'customer-again', warning: null },
  'FP-02': { acts: 'customer', advice: 'customer-again', warning: 'no-promise' },
  'FP-03': engineers('no-reorder'),
  'FP-04': engineers('no-promise'),
  'FP-05': engineers('no-reorder'),
  'FP-06': engineers('no-promise'),
  'FP-07': engineers('no-blame'),
  'FP-08': engineers('no-promise'),
  'FP-09': { acts: 'sales', advice: 'ask-person', warning: 'no-promise' },
  'FP-10': { acts: 'engineers', advice: 'tell-newer', warning: null },
  'FP-11': { acts: 'staff', advice: 'check-first', warning: 'no-price' },
  'FP-13': engineers('no-reorder'),
  'FP-14': { acts: 'support', advice: 'look-again', warning: 'no-blame' },
}

const BY_CASE: Partial<Record<Finding['case'], Partial<Advice>>> = {
  'only-traces': { acts: 'support', advice: 'look-again', warning: 'no-reorder' },
  'lost-priced': engineers('no-promise'),
  'damaged-priced': engineers('no-promise'),
  'late-start': { acts: 'nobody', advice: 'look-again' },
  customer: { acts: 'customer', advice: 'customer-next', warning: null },
  operator: { acts: 'operator' },
  'operator-in-work': { acts: 'operator' },
  carrier: { acts: 'carrier', advice: 'ask-person' },
  transition: { warning: 'no-blame' },
  'closing-failed': engineers(null),
  'never-closed': { acts: 'staff', advice: 'check-delivery', warning: 'no-promise' },
  'copy-ahead': { warning: 'no-blame' },
  duplicates: { warning: 'no-confirm' },
}

const WAITS: Partial<Record<OnTrackCase, Advice['acts']>> = {
  customer: 'customer',
  seller: 'sales',
  operator: 'operator',
  'operator-in-work': 'operator',
  carrier: 'carrier',
}

/** What a support agent does with an answer. */
export function toAdvice(verdict: Verdict): Advice {
  if (verdict.kind === 'finding') return withoutPrice(verdict)
  if (verdict.kind === 'unknown-status') return BY_FINDING['FP-14']
  return { acts: WAITS[verdict.case] ?? 'nobody', advice: 'wait', warning: null }
}

/** A company that calculates no price has none to rely on. */
function withoutPrice({ id, case: name, values }: Finding): Advice {
  const advice = { ...BY_FINDING[id], ...BY_CASE[name] }
  return advice.warning === 'no-price' && !values.system ? { ...advice, warning: null } : advice
}

/** The texts for whoever placed the order: no system is named, nobody is blamed, no time is promised. */
export const CUSTOMER_TEXTS = [
  'place-again',
  'file-again',
  'checking',
  'price',
  'newer',
  'stage',
  'yours',
  'carrier',
  'delivered',
  'ended',
  'looking',
] as const

export type CustomerText = (typeof CUSTOMER_TEXTS)[number]

/** Which text answers whoever placed the order. */
export function toCustomerText(verdict: Verdict): CustomerText {
  if (verdict.kind === 'unknown-status') return 'looking'
  if (verdict.kind === 'on-track') return ON_TRACK_TEXTS[verdict.case] ?? 'stage'
  return CASE_TEXTS[verdict.case] ?? FINDING_TEXTS[verdict.id] ?? 'checking'
}

const ON_TRACK_TEXTS: Partial<Record<OnTrackCase, CustomerText>> = {
  customer: 'yours',
  carrier: 'carrier',
  ended: 'ended',
  normal: 'price',
  taken: 'price',
}

const CASE_TEXTS: Partial<Record<Finding['case'], CustomerText>> = {
  'not-saved': 'place-again',
  'only-traces': 'looking',
  lost: 'file-again',
  damaged: 'file-again',
  'upload-failed': 'file-again',
  unreadable: 'file-again',
  'late-start': 'price',
  'news-waiting': 'newer',
  'news-set-aside': 'newer',
  'set-back-approval': 'checking',
  carrier: 'carrier',
  'closing-failed': 'delivered',
  'never-closed': 'carrier',
  customer: 'yours',
}

const FINDING_TEXTS: Partial<Record<FindingId, CustomerText>> = {
  'FP-09': 'stage',
  'FP-10': 'newer',
  'FP-14': 'looking',
}
