import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Role } from '../../prisma/client/enums.ts'
import { lastOneProblems, ownRoleProblems, separationProblems } from '../../src/staff/rules.ts'
import { oneTimePassword } from '../../src/staff/secret.ts'

const roles = Object.values(Role)
const alone: Role[] = ['system_admin', 'security_admin', 'auditor']
const pairs = roles.flatMap((held) => roles.map((wanted) => ({ held, wanted })))

describe('PPL-02: who may hold what together', () => {
  it.each(pairs)('$held, then $wanted', ({ held, wanted }) => {
    const together = held === wanted || (!alone.includes(held) && !alone.includes(wanted))
    const reasons = separationProblems([held], wanted).map(({ reason }) => reason)
    expect(reasons).toEqual(together ? [] : [`staff:refused.inTheWay.${held}`])
  })

  it('nobody who obeys it ever holds two of the three, or one with business', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...roles)), (wishes) => {
        const held: Role[] = []
        for (const wish of wishes) if (separationProblems(held, wish).length === 0) held.push(wish)
        const kinds = new Set(held.map((role) => (alone.includes(role) ? role : 'business')))
        expect(kinds.size).toBeLessThanOrEqual(1)
      }),
    )
  })

  it('names every role in the way once', () => {
    expect(separationProblems(['sales', 'sales', 'finance'], 'auditor')).toHaveLength(2)
  })

  it('nobody gives himself a role', () => {
    expect(ownRoleProblems(1n, 1n)).toHaveLength(1)
    expect(ownRoleProblems(1n, 2n)).toEqual([])
  })

  it('the last of each kind of administrator stays', () => {
    expect(lastOneProblems(['security_admin'], { security_admin: 0, system_admin: 1 })).toHaveLength(1)
    expect(lastOneProblems(['security_admin'], { security_admin: 1, system_admin: 0 })).toEqual([])
    expect(lastOneProblems(['sales'], { security_admin: 0, system_admin: 0 })).toEqual([])
  })
})

it('ACC-01: a one-time password is 12 characters that cannot be mistaken', () => {
  for (let i = 0; i < 200; i++) expect(oneTimePassword()).toMatch(/^[a-hjkmnp-zA-HJ-NP-Z2-9]{12}$/)
})
