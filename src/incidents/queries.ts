import type { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { isClassified } from '../archive/levels.ts'
import { db, type Tx } from '../db.ts'
import { dayStart } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import type { ListQuery } from './forms.ts'

export const pageSize = 50

const columns = {
  id: true,
  number: true,
  kind: true,
  happenedAt: true,
  what: true,
  doneAtOnce: true,
  customer: { select: { number: true } },
  item: { select: { number: true, secrecy: true } },
  loan: { select: { number: true } },
  reportedBy: { select: { name: true, number: true } },
  reportedAt: true,
} satisfies Prisma.IncidentSelect
export type Incident = Prisma.IncidentGetPayload<{ select: typeof columns }>

/** The register, newest first. Of items and customers it names the number alone. */
export async function incidentsFor(actor: Actor, query: ListQuery): Promise<{ rows: Incident[]; more: boolean }> {
  const { kind, q, from, until, before } = query
  const contains = { contains: q, mode: 'insensitive' } as const
  const where: Prisma.IncidentWhereInput = {
    ...(kind ? { kind } : {}),
    ...(from || until
      ? {
          reportedAt: {
            ...(from ? { gte: dayStart(from) } : {}),
            ...(until ? { lt: dayStart(until, 1) } : {}),
          },
        }
      : {}),
    ...(before ? { id: { lt: BigInt(before) } } : {}),
    ...(q
      ? {
          OR: [
            { number: contains },
            { what: contains },
            { item: { number: contains } },
            { customer: { number: contains }, ...open(actor) },
            { reportedBy: { name: contains } },
          ],
        }
      : {}),
  }
  const rows = await db.incident.findMany({ where, select: columns, orderBy: { id: 'desc' }, take: pageSize + 1 })
  return { rows: rows.slice(0, pageSize).map((one) => seen(actor, one)), more: rows.length > pageSize }
}

export async function incidentFor(actor: Actor, number: string): Promise<Incident> {
  const incident = await db.incident.findUnique({ where: { number: number.toUpperCase() }, select: columns })
  if (!incident) throw new NotFound()
  return seen(actor, incident)
}

/** ARC-02: whose a classified item is, is for those alone who know such items. */
const seen = (actor: Actor, incident: Incident): Incident =>
  incident.item && isClassified(incident.item.secrecy) && !mayEver(actor, 'archive.classified')
    ? { ...incident, customer: null }
    : incident

const open = (actor: Actor): Prisma.IncidentWhereInput =>
  mayEver(actor, 'archive.classified')
    ? {}
    : { OR: [{ itemId: null }, { item: { secrecy: { in: ['internal', 'secret'] } } }] }

/** What the numbers that somebody wrote stand for, whoever wrote them; nobody is told whether they stand for anything. */
export async function namedBy(tx: Tx, { item, customer }: { item: string | null; customer: string | null }) {
  const anItem =
    item === null
      ? null
      : await tx.archiveItem.findUnique({
          where: { number: item.toUpperCase() },
          select: { id: true, customerId: true },
        })
  const aCustomer =
    customer === null
      ? null
      : await tx.customer.findUnique({ where: { number: customer.toUpperCase() }, select: { id: true } })
  return { itemId: anItem?.id ?? null, customerId: anItem?.customerId ?? aCustomer?.id ?? null }
}

/** ARC-20: who is told at once; where nobody holds either role, the general manager. */
export async function toldOf(tx: Tx): Promise<bigint[]> {
  const holding = async (roles: ('info_supervisor' | 'cs_manager' | 'general_manager')[]) =>
    (
      await tx.staff.findMany({
        where: { state: 'active', grants: { some: { role: { in: roles } } } },
        select: { id: true },
        orderBy: { id: 'asc' },
      })
    ).map(({ id }) => id)
  const first = await holding(['info_supervisor', 'cs_manager'])
  return first.length > 0 ? first : holding(['general_manager'])
}
