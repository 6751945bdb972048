import type { Component, Coverage, SystemKind } from '@/lib/journey/pipeline'

/** What a file may name as `preset`: five positions on what is traced, asked and let in, and none. */
export const PRESETS = ['s0', 's1', 's2', 's3', 's4', 'custom'] as const
export type Preset = (typeof PRESETS)[number]

/** Without a word about it, nothing may be concluded from a component's silence. */
const DEFAULT: Coverage = 'none'

const COVERAGE: Record<Preset, Readonly<Record<string, Coverage>>> = {
  s0: {
    'shop-api': 'traced',
    s3: 'traced',
    'crm-api': 'traced',
    rabbitmq: 'traced',
    'mes-api': 'traced',
  },
  s1: { 'shop-api': 'traced', 'crm-api': 'traced', 'mes-api': 'traced' },
  s2: { 'shop-api': 'db', s3: 'logs', 'crm-api': 'db', rabbitmq: 'traced', 'mes-api': 'traced' },
  s3: { 'shop-api': 'traced', 'crm-api': 'traced', 'mes-api': 'traced' },
  s4: {
    'shop-api': 'traced',
    s3: 'traced',
    'crm-api': 'traced',
    rabbitmq: 'traced',
    'mes-api': 'traced',
  },
  custom: {},
}

/** The coverage of a component whose own is not written in the file. */
export function toCoverage(preset: Preset, component: string): Coverage {
  const known = COVERAGE[preset]
  return Object.hasOwn(known, component) ? (known[component] ?? DEFAULT) : DEFAULT
}

/** The positions that look at the file itself, and the one that does not; `custom` takes none. */
const PROBE: Readonly<Record<Preset, NonNullable<Component['probe']> | undefined>> = {
  ...{ s0: 'head', s1: 'head', s2: 'off', s3: 'head', s4: 'head', custom: undefined },
}

/** Whether a component of this kind is asked for one file's size and date, where the file does not say. */
export const toProbe = (preset: Preset, kind: SystemKind | undefined): Component['probe'] =>
  kind === 'storage' ? PROBE[preset] : undefined

/** Whether signing in demands a second factor, where the file does not say. */
export const demandsMfa = (preset: Preset): boolean => preset === 's4'
