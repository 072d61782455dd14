import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { reachesItself } from '../customers/life.ts'
import { visibleCustomers, visibleCustomersSql } from '../customers/policy.ts'
import { missingToConfirm } from '../customers/rules.ts'
import { ask, db } from '../db.ts'

/** More than this is shown as "1000+": counting on would cost time and tell nothing. */
export const mostCounted = 1000
const recentDays = 30
const recentShown = 8

export async function firstSteps(actor: Actor) {
  const others = { id: { not: actor.id }, state: 'active' } as const
  const [company, departments, regions, colleagues, systemAdmins] = await Promise.all([
    db.company.findFirst({ select: { name: true } }),
    db.department.count(),
    db.region.count(),
    db.staff.count({ where: { ...others, grants: { some: {} } } }),
    db.staff.count({ where: { ...others, grants: { some: { role: 'system_admin' } } } }),
  ])
  return { company: Boolean(company?.name), departments, regions, colleagues, handedOver: systemAdmins > 0 }
}
export type FirstSteps = Awaited<ReturnType<typeof firstSteps>>

/** A person's own imports that ask for attention, oldest first. */
export function openImportsOf(actor: Actor, now: Date) {
  const since = new Date(now.getTime() - recentDays * 24 * 60 * 60_000)
  return db.customerImport.findMany({
    where: {
      ownerId: actor.id,
      OR: [
        { state: { in: ['mapping', 'failed', 'waiting', 'running', 'undoing'] } },
        { state: 'done', rejected: { gt: 0 }, finishedAt: { gte: since } },
      ],
    },
    select: { number: true, fileName: true, state: true, total: true, rejected: true },
    orderBy: { id: 'asc' },
    take: 100,
  })
}
export type OpenImport = Awaited<ReturnType<typeof openImportsOf>>[number]

export async function customerCounts(actor: Actor) {
  const visible = visibleCustomersSql(actor)
  const count = (of: Prisma.Sql) =>
    Prisma.sql`(select count(*)::int from (select from customer where ${of} limit ${mostCounted + 1}) found)`
  const [counts] = await ask<{ mine: number; scope: number }>`
    select ${count(Prisma.sql`${visible} and owner_id = ${actor.id}`)} as mine, ${count(visible)} as scope`
  return counts!
}
export type CustomerCounts = Awaited<ReturnType<typeof customerCounts>>

/** What the person opened last and may still see, by the trail. */
export async function recentCustomers(actor: Actor) {
  const opened = await db.$queryRaw<{ subject: string; at: Date }[]>`
    select subject, max(at) as at from (
      select subject, at, id from audit_entry
      where actor_id = ${actor.id} and kind = 'read' and action = 'customer.opened' order by id desc limit 300) as lately
    group by subject order by max(id) desc limit ${recentShown}`
  const names = opened.map(({ subject }) => subject.replace(/^customer:/, ''))
  const ids = names.filter((name) => /^\d+$/.test(name)).map(BigInt)
  const found = await db.customer.findMany({
    where: { AND: [visibleCustomers(actor), { OR: [{ id: { in: ids } }, { number: { in: names } }] }] },
    select: { id: true, number: true, name: true, city: true },
  })
  return opened.flatMap(({ at }, i) => {
    const customer = found.find(({ id, number }) => String(id) === names[i] || number === names[i])
    return customer ? [{ ...customer, at }] : []
  })
}
export type RecentCustomer = Awaited<ReturnType<typeof recentCustomers>>[number]

/** What this person recorded and may still see, and what each file lacks before it can be confirmed (CUS-04). */
export async function incompleteOf(actor: Actor) {
  const own = await ask<{ id: bigint }>`
    select id from customer where created_by_id = ${actor.id} and standing = 'provisional' and withdrawn_at is null
      and import_id is null order by id limit ${mostCounted + 1}`
  const found = await db.customer.findMany({
    where: { AND: [visibleCustomers(actor), { id: { in: own.map(({ id }) => id) } }] },
    select: {
      number: true,
      name: true,
      kind: true,
      phone: true,
      website: true,
      address: true,
      creditNote: true,
      tradeNote: true,
      _count: { select: { contacts: { where: { removedAt: null } } } },
    },
    orderBy: { id: 'asc' },
  })
  return found.flatMap(({ number, name, _count, ...file }) => {
    const missing = missingToConfirm({ ...file, contacts: _count.contacts + reachesItself(file) })
    return missing.length > 0 ? [{ number, name, missing: missing.map(({ reason }) => reason) }] : []
  })
}
export type Incomplete = Awaited<ReturnType<typeof incompleteOf>>
