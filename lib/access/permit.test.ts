import { describe, expect, test } from 'vitest'
import { request, viewer } from './fixtures/permitted'
import { type AccessRow, createGate, type Resource, type Sighting } from './permit'
import { type Action, createPolicy } from './policy'
import type { Role } from './viewer'

const order = { type: 'order', id: 'A-1' } as const
const SEEN: Sighting = { seen: true, silent: [], answered: true }

function gate({
  sighting = SEEN,
  auditWorks = true,
  policy = createPolicy({ preset: 's3' }),
} = {}) {
  const steps: string[] = []
  const rows: AccessRow[] = []
  const permit = createGate({
    policy,
    sight: async () => {
      steps.push('sight')
      return sighting
    },
    record: async (row) => {
      if (!auditWorks) throw new Error('both sinks are full')
      steps.push('record')
      rows.push(row)
    },
  })
  const ask = (
    action: Action = 'journey.view',
    roles: readonly Role[] = ['support'],
    resource: Resource = order,
  ) => permit(viewer(roles), request, action, resource)
  return { ask, rows, steps }
}

describe('permit', () => {
  test('grants, and has looked and written the row by then', async () => {
    const { ask, rows, steps } = gate()
    expect(await ask()).toEqual({ viewer: viewer(), action: 'journey.view', resource: order })
    expect(steps).toEqual(['sight', 'record'])
    expect(rows).toMatchObject([
      { action: 'journey.view', decision: 'allow', reason: null, request },
    ])
  })

  test('refuses a missing right by name, writes that, and does not look for the order', async () => {
    const { ask, rows, steps } = gate()
    await expect(ask('config.edit', ['manager'])).rejects.toMatchObject({
      code: 'forbidden',
      capability: 'config.edit',
    })
    expect(steps).toEqual(['record'])
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'capability' }])
  })

  test('answers an order outside the scope as an unknown one', async () => {
    const { ask, rows } = gate({ sighting: { ...SEEN, seen: false } })
    await expect(ask()).rejects.toMatchObject({ code: 'not-found', message: 'No such order' })
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'unknown' }])
  })

  test('says who was silent where nobody could know the order', async () => {
    const sighting = { seen: false, answered: false, silent: ['orders:shop', 'jaeger'] }
    const { ask, rows } = gate({ sighting })
    await expect(ask()).rejects.toMatchObject({
      code: 'unavailable',
      missing: ['orders:shop', 'jaeger'],
    })
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'unreachable' }])
  })

  test('grants nothing that could not be written down, nor refuses it by its own reason', async () => {
    const { ask } = gate({ auditWorks: false })
    await expect(ask()).rejects.toThrow('sinks')
    await expect(ask('config.edit', ['manager'])).rejects.toThrow('sinks')
  })

  test.each<Resource>([
    { type: 'none', id: null },
    { type: 'list', id: 'recent' },
  ])('grants what has nothing to look for ($type) after writing its row', async (resource) => {
    const { ask, rows, steps } = gate()
    await ask('preferences.own', ['qa'], resource)
    expect(steps).toEqual(['record'])
    expect(rows).toMatchObject([{ action: 'preferences.own', resource, decision: 'allow' }])
  })

  test('grants nothing to a viewer without a role', async () => {
    const { ask, rows } = gate()
    await expect(ask('order.lookup', [])).rejects.toMatchObject({ code: 'forbidden' })
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'capability' }])
  })

  test('denies what the preset takes away', async () => {
    const { ask } = gate({ policy: createPolicy({ preset: 's2' }) })
    await expect(ask()).rejects.toMatchObject({ code: 'forbidden' })
    await ask('journey.view', ['devops'])
  })

  test.each([
    ['an action without a row', 'order.delete' as Action, ['devops']],
    ['an unknown role', 'journey.view', ['devops', 'root' as Role]],
    ['a partner among the staff', 'journey.view', ['devops', 'partner']],
    ['a partner without a scope', 'journey.view', ['partner']],
  ] as const)('denies %s, and calls it an error of the policy', async (_, action, roles) => {
    const { ask, rows, steps } = gate()
    await expect(ask(action, roles)).rejects.toMatchObject({ code: 'forbidden' })
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'policy_error' }])
    expect(steps).toEqual(['record'])
  })

  test('a policy that throws has not said yes', async () => {
    const policy = {
      ...createPolicy({ preset: 's3' }),
      mayDo: () => {
        throw new Error('broken')
      },
    }
    const { ask, rows } = gate({ policy })
    await expect(ask()).rejects.toMatchObject({ code: 'forbidden' })
    expect(rows).toMatchObject([{ decision: 'deny', reason: 'policy_error' }])
  })
})
