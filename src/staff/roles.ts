import type { Role } from '../../prisma/client/enums.ts'
import { system, type Actor } from '../access/actor.ts'
import { change } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { personPinyin } from '../lib/pinyin.ts'
import { NotFound, refuseIf, Refused } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { hashPassword } from '../session/hash.ts'
import { endSessions, openAccount } from './commands.ts'
import type { GrantInput } from './forms.ts'
import { lockAdministrators, lockPerson, otherAdministrators } from './queries.ts'
import { grantProblems, lastOneProblems, ownRoleProblems, placeOf, separationProblems } from './rules.ts'
import { oneTimePassword } from './secret.ts'

/** PPL-02: gives a role in a place; it acts with the person's next sign-in. */
export async function grantRole(actor: Actor, id: bigint, input: GrantInput): Promise<void> {
  refuseIf(ownRoleProblems(actor.id, id))
  try {
    await change(actor, async (tx, audit) => {
      await lockAdministrators(tx)
      const { grants } = await lockPerson(tx, id)
      refuseIf([
        ...separationProblems(
          grants.map(({ role }) => role),
          input.role,
        ),
        ...grantProblems(grants, input),
      ])
      const place = await lockPlace(tx, input)
      const { role, scope } = input
      const given = { grantedById: actor.id, grantedAt: now() }
      await tx.roleGrant.create({ data: { staffId: id, role, scope, ...place.ids, ...given } })
      await endSessions(tx, id)
      await audit('role.granted', `staff:${id}`, { after: { role, scope, place: place.name } })
    })
  } catch (error) {
    throw isSeparation(error) ? await separationRefusal(id, input.role) : error
  }
}

export function revokeRole(actor: Actor, id: bigint, grantId: bigint): Promise<void> {
  refuseIf(ownRoleProblems(actor.id, id))
  return change(actor, async (tx, audit) => {
    await lockAdministrators(tx)
    const { state, grants } = await lockPerson(tx, id)
    const grant = grants.find((one) => one.id === grantId)
    if (!grant) throw new NotFound()
    if (state === 'active') refuseIf(lastOneProblems([grant.role], await otherAdministrators(tx, id)))
    await tx.roleGrant.delete({ where: { id: grantId } })
    await endSessions(tx, id)
    const { role, scope, department, region } = grant
    await audit('role.revoked', `staff:${id}`, {
      before: { role, scope, place: department?.name ?? region?.name ?? null },
    })
  })
}

/** At the very first start: one security administrator. Answers with the password to print, or null when there is staff. */
export async function ensureFirstAdministrator(password: string | undefined): Promise<string | null> {
  if ((await db.staff.count()) > 0) return null
  const secret = password ?? oneTimePassword()
  const passwordHash = await hashPassword(secret)
  const exists = new Error('there is staff already')
  try {
    await change(system, async (tx, audit) => {
      await lockAdministrators(tx)
      if ((await tx.staff.count()) > 0) throw exists
      const name = '首任管理员'
      // Without a date: nobody could issue another one.
      const account = {
        name,
        pinyin: personPinyin(name).full,
        phone: null,
        departmentId: null,
        passwordExpiresAt: null,
      }
      const { id } = await openAccount(tx, audit, { ...account, passwordHash })
      const grant = { role: 'security_admin', scope: 'company' } as const
      await tx.roleGrant.create({ data: { staffId: id, ...grant, grantedAt: now() } })
      await audit('role.granted', `staff:${id}`, { after: { ...grant, place: null } })
    })
  } catch (error) {
    if (error === exists) return null
    throw error
  }
  return secret
}

async function lockPlace(tx: Tx, input: GrantInput) {
  const ids = placeOf(input)
  const gone = await goneOf(tx, ids)
  if (gone) throw new Refused([{ rule: 'PPL-01', reason: 'staff:refused.placeGone', field: gone }])
  const place = ids.departmentId
    ? await tx.department.findUnique({ where: { id: ids.departmentId } })
    : ids.regionId && (await tx.region.findUnique({ where: { id: ids.regionId } }))
  return { ids, name: place ? place.name : null }
}

/** The database's own guard (role_grant_separation), should two grants ever pass the lock together. */
function isSeparation(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return `${error.message} ${JSON.stringify((error as { meta?: unknown }).meta ?? {})}`.includes(
    'role_grant_separation',
  )
}

async function separationRefusal(id: bigint, wanted: Role): Promise<Refused> {
  const held = await db.roleGrant.findMany({ where: { staffId: id }, select: { role: true } })
  return new Refused(
    separationProblems(
      held.map(({ role }) => role),
      wanted,
    ),
  )
}
