import type { Preset } from '@/lib/pipeline/presets'
import { type Action, type Cell, COLUMN, TABLE } from './policy-table'
import type { Role } from './viewer'

type Overlay = {
  /** Their sign-in ends on the page that says whom to ask. */
  readonly notAdmitted: readonly Role[]
  readonly cells: Partial<Record<Action, Partial<Record<Role, Cell>>>>
}

const READ_ONLY = { support: 'no', qa: 'no' } as const

/** What a preset changes in the table: it only removes, and s4 alone adds. */
export const OVERLAYS: Record<Preset, Overlay> = {
  s0: { notAdmitted: ['manager', 'developer', 'qa', 'partner'], cells: {} },
  s1: {
    notAdmitted: ['manager', 'developer', 'partner'],
    cells: {
      'note.write': READ_ONLY,
      'alert.ack': READ_ONLY,
      'view.save': { support: 'own', qa: 'own' },
    },
  },
  s2: { notAdmitted: ['support', 'manager', 'developer', 'qa', 'partner'], cells: {} },
  s3: { notAdmitted: [], cells: {} },
  s4: { notAdmitted: [], cells: supportAsDev() },
  custom: { notAdmitted: [], cells: {} },
}

/** Support gets in full whatever developers have in full. */
function supportAsDev(): Overlay['cells'] {
  const actions = Object.keys(TABLE) as Action[] // `keyof` of the table, which `Object.keys` forgets.
  return Object.fromEntries(
    actions
      .filter((action) => TABLE[action].dev === 'yes')
      .map((action) => [action, { support: 'yes' }]),
  )
}

/** What one role may do under a preset. */
export function cellFor(preset: Preset, role: Role, action: Action): Cell {
  const { notAdmitted, cells } = OVERLAYS[preset]
  if (notAdmitted.includes(role)) return 'no'
  return cells[action]?.[role] ?? TABLE[action][COLUMN[role]]
}
