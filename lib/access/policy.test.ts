import fs from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PRESETS } from '@/lib/pipeline/presets'
import { viewer } from './fixtures/permitted'
import { type Mark, REFERENCE, referenceMark } from './fixtures/reference-table'
import { cellFor } from './overlays'
import { createPolicy, mayEnter, TABLE_POLICY } from './policy'
import { type Action, type Cell, TABLE } from './policy-table'
import { toPolicyTable } from './to-policy-table'
import { ROLES, type Role } from './viewer'

const ACTIONS = Object.keys(TABLE) as Action[]
const STAFF = ROLES.filter((role) => role !== 'partner')
const PARTNER_SCOPE = { partner: 'p-1' }

const toMark = (cell: Cell): Mark => {
  const marks: Partial<Record<Cell, Mark>> = { yes: '+', no: '.', absent: '-' }
  return marks[cell] ?? '~'
}

describe('the table', () => {
  test('is the reference, cell by cell, with no row more or less', () => {
    const rows = ACTIONS.map((action) => {
      const { support, manager, devops, dev, partner } = TABLE[action]
      return [action, [support, manager, devops, dev, partner].map(toMark).join('')]
    })
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(REFERENCE))
  })

  test.each(PRESETS)('under %s is the reference, cell by cell', (preset) => {
    for (const action of ACTIONS)
      for (const role of ROLES) {
        const policy = createPolicy({ preset })
        const who = viewer([role], role === 'partner' ? PARTNER_SCOPE : {})
        const mark = referenceMark(preset, role, action)
        const about = `${preset} ${role} ${action}`
        expect(policy.mayDo(who, action), about).toBe(mark === '+' || mark === '~')
        expect(policy.mayInFull(who, action), about).toBe(mark === '+')
      }
  })

  test('an overlay only removes; s4 alone adds, and to support alone', () => {
    const wider = PRESETS.flatMap((preset) =>
      ACTIONS.flatMap((action) =>
        ROLES.filter((role) =>
          isWider(cellFor(preset, role, action), cellFor('custom', role, action)),
        ).map((role) => ({ preset, role, action })),
      ),
    )
    expect(new Set(wider.map(({ preset, role }) => `${preset} ${role}`))).toEqual(
      new Set(['s4 support']),
    )
    expect(wider.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'trace.attributes.b',
        'trace.errors.view',
        'spans.slow',
        'broker.view',
      ]),
    )
    expect(wider.map(({ action }) => action)).not.toContain('trace.attributes.c')
  })

  test('its limits are the stated ones', () => {
    const limits = (role: Role, action: Action) =>
      TABLE_POLICY.rightTo(viewer([role], role === 'partner' ? PARTNER_SCOPE : {}), action).limits
    expect(limits('support', 'export.csv')).toEqual(['rows-1000'])
    expect(limits('manager', 'export.csv')).toEqual(['rows-50000'])
    expect(limits('manager', 'evidence.view')).toEqual(['no-values'])
    expect(limits('devops', 'config.edit')).toEqual(['step-up'])
    expect(limits('support', 'trace.view')).toEqual(['order-in-scope'])
    expect(limits('partner', 'journey.view')).toEqual(['own-public'])
    expect(limits('qa', 'customer.id.view')).toEqual(['hash'])
    const s1 = createPolicy({ preset: 's1' })
    expect(s1.rightTo(viewer(['support']), 'view.save').limits).toEqual(['own'])
  })

  test('stands in the documents as it decides', () => {
    const documented = /<!-- policy:begin -->\n([\s\S]*)\n<!-- policy:end -->/.exec(
      fs.readFileSync('docs/security.md', 'utf8'),
    )
    expect(documented?.[1]).toBe(toPolicyTable())
  })
})

const isWider = (cell: Cell, than: Cell) => {
  const width: Record<Mark, number> = { '-': 0, '.': 0, '~': 1, '+': 2 }
  return width[toMark(cell)] > width[toMark(than)]
}

describe('mayDo', () => {
  test('random viewers get what the reference gives their widest role', () => {
    const scope = fc.record({ partner: fc.constantFrom('p-1', '') }, { requiredKeys: [] })
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...ROLES)),
        scope,
        fc.constantFrom(...PRESETS),
        fc.constantFrom(...ACTIONS, 'no.such.action', 'toString', '__proto__'),
        (roles, given, preset, action) => {
          const mixed = roles.includes('partner') && (roles.length > 1 || !given.partner)
          const marks = mixed ? [] : roles.map((role) => referenceMark(preset, role, action))
          const policy = createPolicy({ preset })
          const who = viewer(roles, given)
          expect(policy.mayDo(who, action as Action)).toBe(marks.some((mark) => /[+~]/.test(mark)))
          expect(policy.mayInFull(who, action as Action)).toBe(marks.includes('+'))
        },
      ),
    )
  })

  test('is no for nobody, for unknown roles, and for a partner among the staff or without a scope', () => {
    const unknown = 'root' as Role
    for (const who of [
      viewer([]),
      viewer([unknown]),
      viewer(['devops', unknown]),
      viewer(['partner']),
      ...STAFF.map((role) => viewer([role, 'partner'], PARTNER_SCOPE)),
    ])
      for (const action of ACTIONS) expect(TABLE_POLICY.mayDo(who, action), action).toBe(false)
  })

  test('two roles have the rights of both, and each limit of either', () => {
    const both = viewer(['support', 'manager'])
    expect(TABLE_POLICY.rightTo(both, 'export.csv').limits).toEqual(['rows-1000', 'rows-50000'])
    expect(TABLE_POLICY.mayInFull(both, 'evidence.view')).toBe(true)
    expect(TABLE_POLICY.formFor(both, 'HC')).toBe('value')
  })
})

describe('formFor', () => {
  test.each([
    ['support', 's3', { A: 'value', B: 'nothing', HC: 'value', HS: 'value', M: 'value' }],
    ['support', 's4', { A: 'value', B: 'value', HC: 'value', HS: 'value', M: 'value' }],
    ['manager', 's3', { A: 'nothing', B: 'nothing', HC: 'hash', HS: 'value', M: 'value' }],
    ['devops', 's3', { A: 'value', B: 'value', HC: 'hash', HS: 'hash', M: 'nothing' }],
    ['developer', 's4', { A: 'value', B: 'value', HC: 'hash', HS: 'hash', M: 'nothing' }],
    ['qa', 's1', { A: 'value', B: 'value', HC: 'hash', HS: 'hash', M: 'nothing' }],
    ['qa', 's0', { A: 'nothing', B: 'nothing', HC: 'nothing', HS: 'nothing', M: 'nothing' }],
  ] as const)('for %s under %s', (role, preset, forms) => {
    const policy = createPolicy({ preset })
    for (const [fieldClass, form] of Object.entries({ ...forms, R: 'nothing' }))
      expect(policy.formFor(viewer([role]), fieldClass as 'A'), fieldClass).toBe(form)
  })
})

describe('mayEnter', () => {
  test('lets in whom the preset admits, and no partner among the staff', () => {
    const admitted = (preset: (typeof PRESETS)[number]) =>
      ROLES.filter((role) => mayEnter([role], preset))
    expect(admitted('s0')).toEqual(['support', 'devops'])
    expect(admitted('s1')).toEqual(['support', 'devops', 'qa'])
    expect(admitted('s2')).toEqual(['devops'])
    expect(admitted('s4')).toEqual([...ROLES])
    expect(mayEnter([], 'custom')).toBe(false)
    expect(mayEnter(['root' as Role], 'custom')).toBe(false)
    expect(mayEnter(['manager', 'support'], 's0')).toBe(true)
    expect(mayEnter(['support', 'partner'], 's4')).toBe(false)
  })
})
