import { PRESETS } from '@/lib/pipeline/presets'
import { cellFor, OVERLAYS } from './overlays'
import { type Action, type Cell, LIMITS, TABLE } from './policy-table'
import { ROLES } from './viewer'

/** The whole table with its overlays as Markdown: the text between the marks of `docs/security.md`. */
export function toPolicyTable(): string {
  const actions = Object.keys(TABLE) as Action[] // `keyof` of the table, which `Object.keys` forgets.
  return [
    'Yes: in full · no: refused (403) · –: not reachable (404) · anything else: allowed with that limit.',
    '',
    line(['action', 'what', ...ROLES]),
    line(Array.from({ length: ROLES.length + 2 }, () => '---')),
    ...actions.map((action) =>
      line([
        `\`${action}\``,
        TABLE[action].what,
        ...ROLES.map((role) => toWords(cellFor('custom', role, action))),
      ]),
    ),
    '',
    'What a preset changes:',
    '',
    line(['preset', 'not admitted', 'cells']),
    line(['---', '---', '---']),
    ...PRESETS.map((preset) =>
      line([
        `\`${preset}\``,
        OVERLAYS[preset].notAdmitted.join(', ') || 'nobody',
        changedCells(preset, actions) || 'none',
      ]),
    ),
  ].join('\n')
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`

const WORDS = { yes: 'yes', no: 'no', absent: '–', ...LIMITS }

const toWords = (cell: Cell): string => WORDS[cell]

const changedCells = (preset: (typeof PRESETS)[number], actions: readonly Action[]): string =>
  actions
    .flatMap((action) => {
      const cells = Object.entries(OVERLAYS[preset].cells[action] ?? {})
      const changed = cells.filter(([role, cell]) =>
        ROLES.some((one) => one === role && cellFor('custom', one, action) !== cell),
      )
      return changed.map(([role, cell]) => `\`${action}\` for ${role}: ${toWords(cell)}`)
    })
    .join('; ')
