import type { Actor } from '../access/actor.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { db } from '../db.ts'

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
        { state: { in: ['waiting', 'running'] } },
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
  const visible = visibleCustomers(actor)
  const [mine, scope] = await Promise.all([
    db.customer.count({ where: { AND: [visible, { ownerId: actor.id }] }, take: mostCounted + 1 }),
    db.customer.count({ where: visible, take: mostCounted + 1 }),
  ])
  return { mine, scope }
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
