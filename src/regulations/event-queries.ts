import type { RuleEffect } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { visibleCustomers } from '../customers/policy.ts'
import { db } from '../db.ts'
import { dayStarts } from './queries.ts'
import type { RuleId } from './register.ts'

export const eventsPerPage = 50
/** PPL-01: whoever may read the trail sees who was stopped; others see what happened to themselves. */
export const seesOthers = (actor: Actor) => mayEver(actor, 'audit.view')

export async function eventsFor(
  actor: Actor,
  rule: RuleId,
  query: { effect: RuleEffect | ''; before?: string },
  now: Date,
) {
  const { effect, before } = query
  const where = {
    rule,
    at: { gte: dayStarts(now)[0]!, lte: now },
    ...(effect ? { effect } : {}),
  }
  const own = seesOthers(actor) ? where : { ...where, actorId: actor.id }
  const [rows, all, listed] = await Promise.all([
    db.ruleEvent.findMany({
      where: { ...own, ...(before ? { id: { lt: BigInt(before) } } : {}) },
      orderBy: { id: 'desc' },
      take: eventsPerPage + 1,
    }),
    db.ruleEvent.aggregate({ where, _sum: { n: true } }),
    db.ruleEvent.aggregate({ where: own, _sum: { n: true } }),
  ])
  const shown = rows.slice(0, eventsPerPage)
  return {
    rows: shown,
    more: rows.length > eventsPerPage,
    all: all._sum.n ?? 0,
    listed: listed._sum.n ?? 0,
    ...(await namesIn(actor, shown)),
  }
}

const idsOf = (subjects: (string | null)[], kind: string) =>
  subjects.flatMap((subject) => (subject?.startsWith(`${kind}:`) ? [BigInt(subject.slice(kind.length + 1))] : []))

/** Whom and what the rows speak of: a customer outside the reader's scope stays without name and number. */
async function namesIn(actor: Actor, rows: { subject: string | null; actorId: bigint | null }[]) {
  const subjects = rows.map(({ subject }) => subject).filter((one) => /:\d+$/.test(one ?? ''))
  const [people, customers, staff, imports] = await Promise.all([
    db.staff.findMany({
      where: { id: { in: rows.flatMap(({ actorId }) => actorId ?? []) } },
      select: { id: true, name: true },
    }),
    mayEver(actor, 'customers.view')
      ? db.customer.findMany({
          where: { AND: [visibleCustomers(actor), { id: { in: idsOf(subjects, 'customer') } }] },
          select: { id: true, number: true, name: true },
        })
      : [],
    mayEver(actor, 'staff.view')
      ? db.staff.findMany({
          where: { id: { in: idsOf(subjects, 'staff') } },
          select: { id: true, number: true, name: true },
        })
      : [],
    db.customerImport.findMany({
      where: { id: { in: idsOf(subjects, 'import') }, ...(seesOthers(actor) ? {} : { ownerId: actor.id }) },
      select: { id: true, number: true, fileName: true },
    }),
  ])
  const named = new Map<string, { word: string; href: string }>()
  for (const { id, number, name } of customers)
    named.set(`customer:${id}`, { word: `${number} ${name}`, href: `/customers/${number}` })
  for (const { id, number, name } of staff)
    named.set(`staff:${id}`, { word: `${number} ${name}`, href: `/staff/${number}` })
  for (const { id, number, fileName } of imports)
    named.set(`import:${id}`, { word: `${number} ${fileName}`, href: `/imports/${number}` })
  return { people: new Map(people.map(({ id, name }) => [id, name])), named }
}
export type FoundEvents = Awaited<ReturnType<typeof eventsFor>>
