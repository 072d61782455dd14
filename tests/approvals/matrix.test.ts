import { beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '../../prisma/client/enums.ts'
import { table } from '../../src/access/table.ts'
import { change } from '../../src/audit/change.ts'
import { fileRequest } from '../../src/approvals/filing.ts'
import { kindNames, kindOf, seniors, type ApprovalKind } from '../../src/approvals/kinds.ts'
import { openStepOf } from '../../src/approvals/queries.ts'
import { standingOf } from '../../src/approvals/standing.ts'
import { db } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import type { Cast } from '../support/cast.ts'
import { actorOf, make, theCast } from '../support/make.ts'

/** Who signs first, written down from the rulebook and not from the code: CUS-05, CUS-06, RULE-02, PPL-02, ARC-03 … ARC-15, CRD-07 … CRD-14. */
const signers: Record<ApprovalKind, readonly [Role, ...Role[]]> = {
  'customer.confirmation': ['sales_director'],
  'customer.key_fields': ['sales_director'],
  'customer.assignment': ['sales_director'],
  'archive.transfer': ['cs_manager'],
  'archive.viewing': ['dept_head'],
  'archive.loan': ['dept_head'],
  // Either of the two (23.1).
  'archive.copy': ['info_supervisor', 'general_manager'],
  'archive.level': ['cs_manager'],
  'archive.disclosure': ['info_supervisor'],
  'complaint.measures': ['general_manager'],
  'complaint.acceptance': ['cs_manager'],
  'complaint.report': ['cs_manager'],
  'complaint.remedy': ['cs_manager'],
  'visit.plan': ['dept_head'],
  'visit.spending': ['dept_head'],
  'credit.first_override': ['area_manager'],
  'credit.final_override': ['sales_director'],
  'credit.overdue': ['sales_director'],
  'credit.guarantee': ['sales_director'],
  'credit.terms': ['sales_director'],
  'credit.mode': ['sales_director'],
  'regulation.change': ['general_manager'],
  'role.grant': ['general_manager'],
}
const roles: Role[] = [
  'front_desk',
  'sales',
  'dept_head',
  'area_manager',
  'archivist',
  'info_supervisor',
  'cs_manager',
  'finance',
  'logistics',
  'sales_director',
  'general_manager',
  'auditor',
  'security_admin',
  'system_admin',
]

let people: Cast
let east: { departmentId: bigint; regionId: null }
let west: { departmentId: bigint; regionId: null }
let filed = 0
beforeAll(async () => {
  people = await theCast()
  const at = async (name: string) => {
    const { id } = await db.department.findFirstOrThrow({ where: { name } })
    return { departmentId: id, regionId: null } as const
  }
  east = await at('城东营业部')
  west = await at('城西营业部')
  eastRegion = (await db.region.findFirstOrThrow({ where: { name: '东区' } })).id
})

/** Of kinds whose signers the regulation names: those it begins with, at the customer's region. */
const named: Partial<Record<ApprovalKind, readonly Role[]>> = {
  'credit.first_override': ['area_manager'],
  'credit.mode': ['sales_director', 'general_manager'],
}
let eastRegion: bigint
const region = ({ departmentId }: typeof east) => (departmentId === east.departmentId ? eastRegion : null)

/** Taken back at once: only who may sign is asked. */
class Enough extends Error {}
async function signing(kind: ApprovalKind, place: typeof east, persons: { id: bigint }[], by = people.nobody) {
  const found: boolean[] = []
  const actors = await Promise.all(persons.map(actorOf))
  await change(await actorOf(by), async (tx, audit) => {
    const asked = named[kind]?.map((role) => ({ role, place: { ...place, regionId: region(place) } }))
    const filing = { subject: `matrix:${++filed}`, place, basis: '', ...(asked ? { signatures: asked } : {}) }
    const { id } = await fileRequest(tx, audit, await actorOf(by), { kind, ...filing }, now())
    const step = (await openStepOf(tx, id))!
    for (const actor of actors) found.push((await standingOf(tx, actor, step, now())).by !== 'none')
    throw new Enough()
  }).catch((error: unknown) => {
    if (!(error instanceof Enough)) throw error
  })
  return found
}

describe.each(kindNames)('PPL-01, APR-01: %s', (kind) => {
  it('is signed by its role alone, of the fourteen', async () => {
    const found = await signing(
      kind,
      east,
      roles.map((role) => people[role]),
    )
    expect(roles.filter((_role, at) => found[at])).toEqual(signers[kind])
  })

  it('is signed where the role was given, below included, and nowhere else', async () => {
    for (const role of signers[kind]) {
      const here = await make.staff([{ role, department: '城东营业部' }])
      const above = await make.staff([{ role, department: '销售中心' }])
      expect(await signing(kind, east, [here, above])).toEqual([true, true])
      expect(await signing(kind, west, [here, above])).toEqual([false, true])
    }
  })

  it('PPL-02: is never signed by who asked for it', async () => {
    for (const role of signers[kind]) {
      const asking = await make.staff([{ role }])
      expect(await signing(kind, east, [asking], asking)).toEqual([false])
    }
  })

  it('every role that may come to sign stands in its row of the table', () => {
    const { act, steps } = kindOf(kind)
    const row = table[act] as Partial<Record<Role, string>>
    for (const { role, instead, beside = role } of steps)
      for (const one of [role, beside, ...instead]) expect(row[one]).toBeDefined()
    // A late step's senior signs by the regulation (APR-05), and is one who decides such things anyway.
    for (const { role } of steps) if (seniors[role]) expect(row[seniors[role]]).toBeDefined()
  })
})
