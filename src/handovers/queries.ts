import { Prisma } from '../../prisma/client/client.ts'
import type { HandoverState, Role } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { may, mayEver, withinSql } from '../access/policy.ts'
import { db, type Db, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { outranks } from './rules.ts'
import { isThing, type Thing } from './things.ts'
import { leftSeen, nothingLeft, type LeftSeen } from './unseen.ts'

const person = { select: { id: true, number: true, name: true, state: true } } as const
const columns = {
  id: true,
  number: true,
  leaverId: true,
  leaver: {
    select: {
      ...person.select,
      departmentId: true,
      department: { select: { name: true } },
      grants: { select: { role: true } },
    },
  },
  state: true,
  startedBy: person,
  startedAt: true,
  leavesOn: true,
  papersAt: true,
  papersBy: person,
  papersNote: true,
  endedAt: true,
  version: true,
} satisfies Prisma.HandoverSelect
type Row = Prisma.HandoverGetPayload<{ select: typeof columns }>
/** It lies where the leaver works. */
export type Handover = Row & { ownerId: null; departmentId: bigint | null; regionId: null }

const placed = (row: Row): Handover => ({
  ...row,
  ownerId: null,
  departmentId: row.leaver.departmentId,
  regionId: null,
})

export async function handoverFor(actor: Actor, number: string): Promise<Handover> {
  const row = await db.handover.findUnique({ where: { number: number.toUpperCase() }, select: columns })
  if (!row || !may(actor, 'handovers.view', placed(row))) throw new NotFound()
  return placed(row)
}

/** Whoever sees no customers sees how many, never which. */
export async function listedHandoverFor(actor: Actor, number: string): Promise<Handover> {
  if (!mayEver(actor, 'customers.view')) throw new NotFound()
  return handoverFor(actor, number)
}

/** One that has ended asks for nothing more. */
export async function leftIn(actor: Actor, { leaverId, state }: Handover, now: Date): Promise<LeftSeen> {
  return state === 'open' ? leftSeen(db, actor, leaverId, now) : nothingLeft
}

export type HandoverThing = Handover & { thing: Thing }

export async function thingFor(actor: Actor, number: string, thing: string): Promise<HandoverThing> {
  if (!isThing(thing)) throw new NotFound()
  return { ...(await handoverFor(actor, number)), thing }
}

/** Held against everything else that is done to it: two who hand the same things on come one after another. */
export async function lockHandover(tx: Tx, id: bigint): Promise<Handover> {
  await tx.$queryRaw`select 1 from handover where id = ${id} for update`
  return placed(await tx.handover.findUniqueOrThrow({ where: { id }, select: columns }))
}

export type ListRow = Pick<Handover, 'number' | 'state' | 'startedAt' | 'leavesOn' | 'endedAt'> & {
  leaver: string
  leaverNumber: string
  department: string | null
  handed: number
}

export const mostListed = 200

export function handoversFor(actor: Actor, state: HandoverState | undefined): Promise<ListRow[]> {
  const where = state ? Prisma.sql`state = ${state}::handover_state` : Prisma.sql`true`
  return db.$queryRaw<ListRow[]>`
    select number, state::text, started_at as "startedAt", leaves_on as "leavesOn", ended_at as "endedAt", leaver,
      leaver_number as "leaverNumber", department,
      (select count(*)::int from handover_line l where l.handover_id = v.id) as handed
    from (select h.*, s.name as leaver, s.number as leaver_number, d.name as department, s.department_id,
        null::bigint as region_id, null::bigint as owner_id
      from handover h join staff s on s.id = h.leaver_id left join department d on d.id = s.department_id) v
    where ${where} and ${withinSql(actor, 'handovers.view')}
    order by (state = 'open') desc, id desc limit ${mostListed}`
}

type Candidate = { number: string; name: string; department: string | null }

/** People whose handover this person can begin: not one's own nor a senior's, and none that is under way. */
export async function peopleToLeave(actor: Actor): Promise<Candidate[]> {
  const found = await db.$queryRaw<(Candidate & { roles: Role[] })[]>`
    select number, name, department, array(select role::text from role_grant where staff_id = v.id) as roles
    from (select s.id, s.number, s.name, s.pinyin, d.name as department, s.department_id, null::bigint as region_id,
        null::bigint as owner_id
      from staff s left join department d on d.id = s.department_id
      where s.state <> 'disabled' and not exists (select from handover h where h.leaver_id = s.id and h.state = 'open')) v
    where id <> ${actor.id} and ${withinSql(actor, 'handovers.run')} order by pinyin, id limit 1000`
  const own = actor.grants.map(({ role }) => role)
  return found.filter(({ roles }) => !outranks(own, roles))
}

/** The handover that is under way, else the last one that was finished. */
export async function latestHandover(
  leaverId: bigint,
  from: Db | Tx = db,
): Promise<{ number: string; state: HandoverState; endedAt: Date | null } | null> {
  return (from as Db).handover.findFirst({
    where: { leaverId, state: { in: ['open', 'done'] } },
    orderBy: [{ state: 'asc' }, { id: 'desc' }],
    select: { number: true, state: true, endedAt: true },
  })
}

export function historyOf(id: bigint) {
  return db.auditEntry.findMany({
    where: { subject: `handover:${id}`, kind: 'change' },
    orderBy: { id: 'desc' },
    take: 100,
    select: { at: true, action: true, actorName: true, before: true, after: true, why: true },
  })
}
