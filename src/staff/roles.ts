import type { Role } from '../../prisma/client/enums.ts'
import { system, type Actor } from '../access/actor.ts'
import type { Request } from '../approvals/contract.ts'
import { fileRequest } from '../approvals/filing.ts'
import { change, type Audit } from '../audit/change.ts'
import { db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { personPinyin } from '../lib/pinyin.ts'
import { refuseIf, Refused, type Refusal } from '../lib/refused.ts'
import { goneOf } from '../organisation/queries.ts'
import { hashPassword } from '../session/hash.ts'
import { endSessions, openAccount } from './commands.ts'
import type { GrantInput } from './forms.ts'
import { grantFiling, idOfAsked, wishOf } from './asking.ts'
import { lockAdministrators, lockPerson, type Person } from './queries.ts'
import { grantProblems, needsTwo, ownRoleProblems, placeOf, separationProblems } from './rules.ts'
import { oneTimePassword } from './secret.ts'

/**
 * PPL-02: gives a role in a place; it acts with the person's next sign-in. A powerful one is asked for, and given when
 * another person agrees; answers with the number of that request. During the first steps nobody else is there yet.
 */
export async function grantRole(actor: Actor, id: bigint, input: GrantInput, now: Date): Promise<string | null> {
  refuseIf(ownRoleProblems(actor.id, id))
  try {
    return await change(actor, async (tx, audit) => {
      await lockAdministrators(tx)
      const person = await lockPerson(tx, id)
      refuseIf(wishProblems(person, input))
      const place = await lockPlace(tx, input)
      if (actor.settingUp || !needsTwo(input.role)) {
        await giveRole(tx, audit, person, input, place, { by: actor.id, at: now })
        return null
      }
      return (await fileRequest(tx, audit, actor, { kind: 'role.grant', ...grantFiling(person, input, place) }, now))
        .number
    })
  } catch (error) {
    throw isSeparation(error) ? await separationRefusal(id, input.role) : error
  }
}

const wishProblems = ({ grants }: Person, input: GrantInput): Refusal[] => [
  ...separationProblems(
    grants.map(({ role }) => role),
    input.role,
  ),
  ...grantProblems(grants, input),
]

type LockedPlace = Awaited<ReturnType<typeof lockPlace>>

/** The effect, with every check as it is now: when it is asked for, and when it is agreed to. */
export async function giveRole(
  tx: Tx,
  audit: Audit,
  person: Person,
  input: GrantInput,
  place: LockedPlace,
  given: { by: bigint; at: Date; request?: string },
): Promise<void> {
  const { role, scope } = input
  const grant = { role, scope, ...place.ids, grantedById: given.by, grantedAt: given.at }
  await tx.roleGrant.create({ data: { staffId: person.id, ...grant } })
  await endSessions(tx, person.id)
  const after = { role, scope, place: place.name, ...(given.request ? { request: given.request } : {}) }
  await audit('role.granted', `staff:${person.id}`, { after })
}

/** PPL-02: agreed to by the second person; what stands against it by now leaves it undecided. */
export async function giveAsked(tx: Tx, audit: Audit, request: Request, now: Date): Promise<void> {
  await lockAdministrators(tx)
  const person = await lockPerson(tx, idOfAsked(request))
  const input = wishOf(request)
  if (person.state === 'disabled')
    throw new Refused([{ rule: 'ACC-02', reason: 'staff:refused.disabled', params: { name: person.name } }])
  refuseIf(wishProblems(person, input))
  const place = await lockPlace(tx, input)
  await giveRole(tx, audit, person, input, place, { by: request.filedById, at: now, request: request.number })
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
