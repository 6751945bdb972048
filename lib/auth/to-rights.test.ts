import { expect, test } from 'vitest'
import { toRights } from './to-rights'

const MAP = {
  'journey-support': 'support',
  'journey-devops': 'devops',
  'shop-support': { role: 'support', channel: 'shop' },
  'acme-partner': { role: 'partner', partner: 'acme' },
  'beta-partner': { role: 'partner', partner: 'beta' },
  'bare-partner': 'partner',
} as const

const rights = (groups: unknown, path = 'groups') => toRights({ groups }, path, MAP)

test.each([
  [['journey-support'], ['support'], {}],
  ['journey-support', ['support'], {}],
  [['journey-support', 'journey-devops', 'sales'], ['support', 'devops'], {}],
  [['shop-support'], ['support'], { channel: 'shop' }],
  [['acme-partner'], ['partner'], { partner: 'acme' }],
])('%j grants', (groups, roles, scope) => {
  expect(rights(groups)).toEqual({ roles, scope, problem: null })
})

test.each([
  [undefined, 'no_role'],
  [null, 'no_role'],
  [[], 'no_role'],
  [['sales'], 'no_role'],
  [['Journey-Support'], 'no_role'],
  [['journey-support '], 'no_role'],
  [['journey-support\u0000'], 'no_role'],
  [['__proto__', 'constructor', 'toString'], 'no_role'],
  [[{ group: 'journey-support' }, ['journey-support']], 'no_role'],
  [Array.from({ length: 201 }, () => 'journey-support'), 'too_many_groups'],
  [['acme-partner', 'journey-support'], 'role_conflict'],
  [['acme-partner', 'beta-partner'], 'role_conflict'],
  [['shop-support', 'journey-support'], 'role_conflict'],
  [['bare-partner'], 'role_conflict'],
])('%j grants nothing', (groups, problem) => {
  expect(rights(groups)).toEqual({ roles: [], scope: {}, problem })
})

test('the claim may lie deeper, or have dots in its name', () => {
  const roles = ['journey-support']
  expect(toRights({ realm_access: { roles } }, 'realm_access.roles', MAP).roles).toEqual([
    'support',
  ])
  expect(toRights({ 'https://x.y/roles': roles }, 'https://x.y/roles', MAP).roles).toEqual([
    'support',
  ])
  expect(toRights({ groups: roles }, 'groups.length', MAP).problem).toBe('no_role')
})
