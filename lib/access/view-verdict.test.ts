import { describe, expect, test } from 'vitest'
import { JOURNEY } from './fixtures/journey'
import { project } from './project'
import type { Role } from './viewer'

const seenBy = (role: Role) =>
  project(
    JOURNEY,
    {
      ...{ issuer: 'idp', subject: role, name: null, sessionId: 's', roles: [role] },
      scope: role === 'partner' ? { partner: 'p' } : {},
    },
    { hashKey: 'k'.repeat(32), traceUrl: null, complete: true },
  )

describe('the verdict', () => {
  test.each(['support', 'manager'] as const)('tells %s no figure of a queue', (role) => {
    const { verdict, findings } = seenBy(role)
    expect(verdict).toMatchObject({ id: 'FP-04', also: 'no-consumer' })
    expect(verdict?.values).toEqual({ from: 'crm', to: 'mes', sources: ['rabbitmq'] })
    // How many orders came is no figure of a queue.
    expect(findings[0]?.values).toEqual({ count: 2 })
  })

  test.each(['devops', 'developer', 'qa'] as const)('tells %s the figures', (role) => {
    expect(seenBy(role).verdict?.values).toMatchObject({ count: 7 })
  })

  test.each(['support', 'manager', 'devops', 'developer', 'qa'] as const)(
    'rests, for %s, on facts that they see',
    (role) => {
      const { verdict, facts } = seenBy(role)
      const seen = new Set(facts.map(({ id }) => id))
      expect(verdict?.evidence.filter((id) => !seen.has(id))).toEqual([])
    },
  )

  test('is not for partners', () => {
    const { verdict, findings } = seenBy('partner')
    expect([verdict, findings]).toEqual([null, []])
  })
})
