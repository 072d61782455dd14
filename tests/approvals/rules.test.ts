import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { kindNames, kindOf, seniors } from '../../src/approvals/kinds.ts'
import { requestNumber } from '../../src/approvals/rules.ts'
import { signersOf, seniorsOf, type Signing } from '../../src/deadlines/sweeping/signing.ts'
import { tell } from '../../src/deadlines/sweeping/recipients.ts'
import type { Staffing } from '../../src/deadlines/sweeping/staffing.ts'

const serial = fc.integer({ min: 1, max: 99_999_999 })
const year = fc.integer({ min: 2020, max: 2999 })

describe('APR-01: the number of a request', () => {
  it('is one for each year and serial, and sorts as they were filed while it has ten digits', () => {
    fc.assert(
      fc.property(year, serial, year, serial, (y1, n1, y2, n2) => {
        const [one, other] = [requestNumber(y1, n1), requestNumber(y2, n2)]
        expect(one).toMatch(/^S\d{10,}$/)
        expect(one === other).toBe(y1 === y2 && n1 === n2)
        if (n1 < 1e6 && n2 < 1e6) expect(one < other).toBe(y1 < y2 || (y1 === y2 && n1 < n2))
      }),
    )
  })

  it('of anything but a whole number from one on there is none', () => {
    fc.assert(
      fc.property(
        year,
        fc.oneof(fc.integer({ max: 0 }), fc.double({ min: 0.01, max: 0.99 }), fc.constant(NaN)),
        (y, n) => {
          expect(() => requestNumber(y, n)).toThrow(RangeError)
        },
      ),
    )
  })
})

describe('APR-05: upwards', () => {
  const roles = Object.keys(seniors) as Role[]
  const everybody: Role[] = [...roles, 'general_manager']

  it('ends with the general manager from every role that signs anything', () => {
    for (const role of kindNames.flatMap((kind) =>
      kindOf(kind).steps.flatMap((step) => [step.role, ...step.instead]),
    )) {
      const above = seniorsOf({ kind: 'role.grant', role, senior: null, staff: null, excluded: [], asker: null })
      expect([role, above.at(-1) ?? 'general_manager']).toEqual([role, 'general_manager'])
      expect(new Set(above).size).toBe(above.length)
    }
  })

  const person = fc.bigInt({ min: 1n, max: 6n })
  const signing: fc.Arbitrary<Signing> = fc.record({
    kind: fc.constantFrom(...kindNames),
    role: fc.option(fc.constantFrom(...everybody), { nil: null }),
    senior: fc.option(fc.constantFrom(...everybody), { nil: null }),
    staff: fc.option(person.map(String), { nil: null }),
    excluded: fc.array(person.map(String), { maxLength: 3 }),
    asker: fc.option(fc.constantFrom(...everybody), { nil: null }),
  })
  const held = fc.array(fc.tuple(person, fc.constantFrom(...everybody)), { maxLength: 8 })
  const lent = fc.array(fc.tuple(person, person, fc.constantFrom(...kindNames)), { maxLength: 4 })
  const staffingOf = (grants: [bigint, Role][], delegations: [bigint, bigint, string][]): Staffing => ({
    nameOf: (id) => (id === null ? null : `人${id}`),
    holders: (role) => grants.filter(([, one]) => one === role).map(([id]) => id),
    deputies: (of, kind) =>
      delegations.filter(([from, , one]) => of.includes(from) && one === kind).map(([, to]) => to),
  })

  it('nobody excluded is told of a late step, nor is anybody for them; what reaches nobody is on record', () => {
    fc.assert(
      fc.property(signing, held, lent, fc.constantFrom('step', 'senior'), (step, grants, delegations, to) => {
        const staffing = staffingOf(grants, delegations)
        const whose = { ownerId: null, departmentId: null, regionId: null, signing: step }
        const told = tell(staffing, whose, to, [])
        for (const id of told.staff) expect(step.excluded).not.toContain(String(id))
        expect(new Set(told.staff).size).toBe(told.staff.length)
        expect(told.state === 'failed').toBe(told.staff.length === 0 || told.instead !== undefined)
        const onlyFor = step.excluded.map(BigInt)
        const direct = signersOf(
          staffingOf(grants, []),
          step,
          { departmentId: null, regionId: null },
          told.instead ?? told.to,
        )
        const signing = [...direct, ...delegations.filter(([from]) => !onlyFor.includes(from)).map(([, to]) => to)]
        for (const id of told.staff) expect(signing).toContain(id)
      }),
    )
  })
})
