import { Prisma } from '../../../prisma/client/client.ts'
import type { ContractKind } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { may, withinSql } from '../../access/policy.ts'
import { ask, db, type Db } from '../../db.ts'
import { dateText } from '../../lib/dates.ts'
import { dayOf, dayText } from '../../lib/days.ts'
import { NotFound } from '../../lib/refused.ts'
import { customer } from '../queries.ts'
import { calledSql } from '../seeking.ts'
import type { ContractQuery, ContractTab } from './forms.ts'

const include = { customer } satisfies Prisma.ContractInclude

/** A contract with its customer, and the place where that lies. */
export type ContractOf = Prisma.ContractGetPayload<{ include: typeof include }> & {
  ownerId: bigint | null
  departmentId: bigint | null
  regionId: bigint | null
}

/** The only way to a contract: who may not see the customer's credit does not learn of it. */
export async function contractFor(actor: Actor, number: string): Promise<ContractOf> {
  const found = await db.contract.findUnique({ where: { number: number.toUpperCase() }, include })
  if (!found || found.customer.withdrawnAt || !may(actor, 'credit.view', found.customer)) throw new NotFound()
  const { ownerId, departmentId, regionId } = found.customer
  return { ...found, ownerId, departmentId, regionId }
}

/** A customer's contracts, the latest first. */
export const contractsOf = (customerId: bigint) =>
  db.contract.findMany({ where: { customerId }, orderBy: [{ endsOn: 'desc' }, { id: 'desc' }], take: 50 })

/** What else holds in these days. */
export const overlapping = ({ id, customerId, startsOn, endsOn }: Overlap) =>
  db.contract.findMany({
    where: { customerId, id: { not: id }, endedOn: null, startsOn: { lte: endsOn }, endsOn: { gte: startsOn } },
    orderBy: { id: 'asc' },
    select: { number: true },
    take: 5,
  })
type Overlap = { id: bigint; customerId: bigint; startsOn: Date; endsOn: Date }

/** The last day on which goods were shipped under it and not taken back; nothing where there is none. */
export async function lastShippedUnder(client: Pick<Db, 'shipment'>, contractId: bigint, customerId: bigint) {
  const where = { customerId, contractId, net: { gt: 0 } }
  const { _max } = await client.shipment.aggregate({ where, _max: { shippedOn: true } })
  return dayText(_max.shippedOn)
}

/** The contract that is known under a number, as far as this person may see it. */
export async function knownUnder(actor: Actor, document: string | undefined) {
  const text = document?.trim()
  const found = text ? await db.contract.findUnique({ where: { document: text }, include }) : null
  return found && may(actor, 'credit.view', found.customer) ? { number: found.number, name: found.customer.name } : null
}

export const pageSize = 25
export type ContractRow = {
  number: string
  document: string | null
  kind: ContractKind
  startsOn: string
  endsOn: string
  endedOn: string
  termDays: number
  customer: string
  name: string
  days: number
}
export type Contracts = { rows: ContractRow[]; more: boolean; counts: Record<ContractTab, number> }

/** Those that end within this many days, and within twice as many. */
export const soonDays = 30
const laterDays = 60

function tabSql(tab: ContractTab, now: Date): Prisma.Sql {
  const today = dayOf(dateText(now))
  if (tab === 'all') return Prisma.sql`true`
  if (tab === 'past') return Prisma.sql`coalesce(k.ended_on, k.ends_on + 1) <= ${today}::date`
  const days = tab === 'soon' ? soonDays : laterDays
  return Prisma.sql`k.ended_on is null and k.ends_on between ${today}::date and ${today}::date + ${days}::int`
}

/** Contracts by the day they end: those to come the soonest first, those that are over the latest first. */
export async function contractsFor(actor: Actor, query: ContractQuery, now: Date): Promise<Contracts> {
  const reach = reachSql(actor, query.q)
  const past = query.tab === 'past' || query.tab === 'all'
  const than = past ? Prisma.sql`<` : Prisma.sql`>`
  const beyond = query.after
    ? Prisma.sql`(k.ends_on, k.id) ${than} (select ends_on, id from contract where number = ${query.after})`
    : Prisma.sql`true`
  const order = past ? Prisma.sql`k.ends_on desc, k.id desc` : Prisma.sql`k.ends_on, k.id`
  const [rows, [counted]] = await Promise.all([
    ask<ContractRow>`
      select k.number, k.document, k.kind::text, to_char(k.starts_on, 'YYYY-MM-DD') as "startsOn",
        to_char(k.ends_on, 'YYYY-MM-DD') as "endsOn", coalesce(to_char(k.ended_on, 'YYYY-MM-DD'), '') as "endedOn",
        k.term_days as "termDays", c.number as customer, c.name, k.ends_on - ${dayOf(dateText(now))}::date as days
      from contract k join customer c on c.id = k.customer_id
      where ${reach} and ${tabSql(query.tab, now)} and ${beyond} order by ${order} limit ${pageSize + 1}`,
    ask<Contracts['counts']>`select ${countSql('soon', reach, now)} as soon, ${countSql('later', reach, now)} as later,
      ${countSql('past', reach, now)} as past, ${countSql('all', reach, now)} as all`,
  ])
  return { rows: rows.slice(0, pageSize), more: rows.length > pageSize, counts: counted! }
}

export const countedTo = 1000
const countSql = (tab: ContractTab, reach: Prisma.Sql, now: Date) => Prisma.sql`(
  select count(*)::int from (select 1 from contract k join customer c on c.id = k.customer_id
    where ${reach} and ${tabSql(tab, now)} limit ${countedTo + 1}) as found)`

function reachSql(actor: Actor, typed: string): Prisma.Sql {
  const whose = {
    owner: Prisma.sql`c.owner_id`,
    department: Prisma.sql`c.department_id`,
    region: Prisma.sql`c.region_id`,
  }
  const sought = typed === '' ? [] : [soughtSql(typed)]
  return Prisma.join([Prisma.sql`c.withdrawn_at is null`, withinSql(actor, 'credit.view', whose), ...sought], ' and ')
}

/** By the contract's number, ours or the one on the paper, else by its customer. */
function soughtSql(typed: string): Prisma.Sql {
  const customers = calledSql(typed) ?? Prisma.sql`false`
  return Prisma.sql`(k.number = ${typed.toUpperCase()} or k.document = ${typed}
    or k.customer_id in (select id from customer where ${customers}))`
}
