import { expect, it } from 'vitest'
import { system, type Actor } from '../../src/access/actor.ts'
import { db } from '../../src/db.ts'
import { Refused, Stale } from '../../src/lib/refused.ts'
import { addUnit, correctUnit, removeUnit } from '../../src/organisation/commands.ts'
import { correctStaff, createStaff, disableStaff, issuePassword } from '../../src/staff/commands.ts'
import { ensureFirstAdministrator, grantRole } from '../../src/staff/roles.ts'
import { revokeRole } from '../../src/staff/revoking.ts'
import { ownDatabase } from '../support/connected.ts'

// Who is first and who is last, only an empty database can say.
await ownDatabase('accounts')

const now = new Date('2026-11-22T02:00:00Z')
const first = async (): Promise<Actor> => {
  await ensureFirstAdministrator('一句谁也想不到的话')
  const { id, number, name } = await db.staff.findFirstOrThrow({ orderBy: { id: 'asc' } })
  return { ...system, id, number, name }
}
const fresh = (actor: Actor, name = '乌有生') =>
  createStaff(actor, { name, phone: null, email: null, departmentId: null }, now)
const wide = { scope: 'company', departmentId: null, regionId: null } as const

it('ACC-01: the first administrator is made once', async () => {
  await first()
  expect(await ensureFirstAdministrator(undefined)).toBeNull()
})

it('PPL-02: roles that exclude one another are refused by rule and by the database', async () => {
  const actor = await first()
  const { id } = await fresh(actor)
  await grantRole(actor, id, { role: 'sales', ...wide }, now)
  await expect(grantRole(actor, id, { role: 'auditor', ...wide }, now)).rejects.toThrow('staff:refused.inTheWay.sales')
  await expect(grantRole(actor, actor.id, { role: 'auditor', ...wide }, now)).rejects.toThrow('staff:refused.ownRole')
  const other = await fresh(actor)
  const both = await Promise.allSettled(
    (['auditor', 'system_admin'] as const).map((role) =>
      grantRole({ ...actor, settingUp: true }, other.id, { role, ...wide }, now),
    ),
  )
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

it('PPL-02: the last security administrator stays; a password ends the sessions', async () => {
  const actor = await first()
  const { id } = await fresh(actor)
  const grant = await db.roleGrant.findFirstOrThrow({ where: { staffId: actor.id } })
  const other = { ...system, id, name: '乌有生' }
  await expect(disableStaff(other, actor.id, now)).rejects.toThrow('staff:refused.last.security_admin')
  await expect(revokeRole(other, actor.id, grant.id, now)).rejects.toThrow('staff:refused.last.security_admin')
  const before = await db.staff.findUniqueOrThrow({ where: { id } })
  await issuePassword(actor, id, now)
  expect((await db.staff.findUniqueOrThrow({ where: { id } })).epoch).toBe(before.epoch + 1)
})

it('someone who saves second is shown what the first made of it', async () => {
  const actor = await first()
  const { id } = await fresh(actor, '子虚甲')
  const facts = { phone: null, email: null, departmentId: null }
  await correctStaff(actor, id, { version: 1, name: '子虚乙', ...facts })
  const late = await correctStaff(actor, id, { version: 1, name: '子虚丙', ...facts }).catch((error: unknown) => error)
  expect(late).toBeInstanceOf(Stale)
  expect((late as Stale).conflict).toMatchObject({ version: 2, before: { name: '子虚甲' }, theirs: { name: '子虚乙' } })
})

it('PPL-01: a circle of departments is refused under lock, also when two move at once', async () => {
  const actor = await first()
  const [a, b] = [
    await addUnit(actor, 'department', { name: '甲部', parentId: null }),
    await addUnit(actor, 'department', { name: '乙部', parentId: null }),
  ]
  const moves = await Promise.allSettled([
    correctUnit(actor, 'department', a, { version: 1, name: '甲部', parentId: b }),
    correctUnit(actor, 'department', b, { version: 1, name: '乙部', parentId: a }),
  ])
  expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const region = await addUnit(actor, 'region', { name: '蓬莱', parentId: null })
  await addUnit(actor, 'region', { name: '方丈', parentId: region })
  await expect(removeUnit(actor, 'region', region)).rejects.toBeInstanceOf(Refused)
})

it('PPL-01: a department that is removed while a role is granted in it is a sentence, not a failure', async () => {
  const actor = await first()
  const { id } = await fresh(actor)
  const departmentId = await addUnit(actor, 'department', { name: '丙部', parentId: null })
  const grant = { role: 'sales', scope: 'department', departmentId, regionId: null } as const
  const answers = await Promise.allSettled([
    removeUnit(actor, 'department', departmentId),
    ...Array.from({ length: 5 }, () => grantRole(actor, id, grant, now)),
  ])
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
  expect(failures.length).toBeGreaterThan(3)
  for (const failure of failures) expect(failure).toBeInstanceOf(Refused)
})
