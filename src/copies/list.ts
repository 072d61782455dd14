import { Prisma } from '../../prisma/client/client.ts'
import type { ApplicationState, CopyState, CopyWay, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql } from '../access/policy.ts'
import { knownSql } from '../archive/policy.ts'
import { ask } from '../db.ts'
import type { ListQuery } from './forms.ts'
import { permitsSql } from './policy.ts'

export const pageSize = 50
const registerMost = 5000

export type ListedCopy = {
  id: bigint
  number: string
  permit: string
  itemNumber: string
  /** ARC-02: empty where the reader knows number, mark and keeper only. */
  title: string
  customer: string
  secrecy: SecrecyLevel
  way: CopyWay
  holder: string
  pages: number
  state: CopyState
  madeAt: Date
  madeBy: string
  dueAt: Date
  endedAt: Date | null
  endedBy: string | null
  witness: string | null
  sha256: string | null
}

export type ListedPermit = {
  id: bigint
  number: string
  state: ApplicationState
  way: CopyWay
  holder: string
  applicant: string
  filedAt: Date
  dueOn: string
  items: string[]
  permitted: number
  made: number
}

const copyColumns = (actor: Actor, now: Date) => Prisma.sql`
  select n.id, n.number, p.number as permit, i.number as "itemNumber", i.secrecy::text, p.way::text, n.holder, n.pages,
    case when ${knownSql(actor, now)} then i.title else '' end as title,
    case when ${knownSql(actor, now)} then c.name else '' end as customer,
    n.state::text, n.made_at as "madeAt", m.name as "madeBy", n.due_at as "dueAt", n.ended_at as "endedAt",
    e.name as "endedBy", w.name as witness, n.sha256
  from numbered_copy n join copy_permit p on p.id = n.permit_id join archive_item i on i.id = n.item_id
    join customer c on c.id = n.customer_id join staff m on m.id = n.made_by_id
    left join staff e on e.id = n.ended_by_id left join staff w on w.id = n.witness_id`

/** One page, whether more come after it, and how many there are in all. */
export type Paged<Row> = { rows: Row[]; more: boolean; n: number }

/** Copies that are out, the latest first of all; and those that came to an end, newest first. */
export async function copiesFor(actor: Actor, { tab, item, after }: ListQuery, now: Date): Promise<Paged<ListedCopy>> {
  const { state, order, beyond } = tab === 'out' ? stillOut : ended
  const where = Prisma.sql`${state} and ${permitsSql(actor)} and ${itemSql(item)}`
  const [rows, [counted]] = await Promise.all([
    ask<ListedCopy>`${copyColumns(actor, now)} where ${where} and ${after ? beyond(after) : Prisma.sql`true`}
      order by ${order} limit ${pageSize + 1}`,
    ask<{ n: number }>`select count(*)::int as n from numbered_copy n join copy_permit p on p.id = n.permit_id
      join archive_item i on i.id = n.item_id join customer c on c.id = n.customer_id where ${where}`,
  ])
  return paged(rows, counted!.n)
}

const stillOut = {
  state: Prisma.sql`n.state = 'out'`,
  order: Prisma.sql`n.due_at, n.id`,
  beyond: (mark: string) =>
    Prisma.sql`(n.due_at, n.id) > (select due_at, id from numbered_copy where number = ${mark})`,
}
const ended = {
  state: Prisma.sql`n.state <> 'out'`,
  order: Prisma.sql`n.ended_at desc, n.id desc`,
  beyond: (mark: string) =>
    Prisma.sql`(n.ended_at, n.id) < (select ended_at, id from numbered_copy where number = ${mark})`,
}

const paged = <Row>(rows: Row[], n: number): Paged<Row> => ({
  rows: rows.slice(0, pageSize),
  more: rows.length > pageSize,
  n,
})

export async function permitsFor(actor: Actor, { item, after }: ListQuery): Promise<Paged<ListedPermit>> {
  const where = Prisma.sql`${permitsSql(actor)} and (${item} = '' or exists (select from copy_permit_item pi
    join archive_item i on i.id = pi.item_id where pi.permit_id = p.id and i.number = ${item}))`
  const beyond = after ? Prisma.sql`p.id < (select id from copy_permit where number = ${after})` : Prisma.sql`true`
  const [rows, [counted]] = await Promise.all([
    ask<ListedPermit>`
    select p.id, p.number, p.state::text, p.way::text, p.holder, a.name as applicant, p.filed_at as "filedAt",
      p.due_on::text as "dueOn",
      (select array_agg(i.number order by i.id) from copy_permit_item pi join archive_item i on i.id = pi.item_id
        where pi.permit_id = p.id) as items,
      (select sum(copies)::int from copy_permit_item where permit_id = p.id) as permitted,
      (select count(*)::int from numbered_copy where permit_id = p.id) as made
    from copy_permit p join staff a on a.id = p.applicant_id
    where ${where} and ${beyond} order by p.id desc limit ${pageSize + 1}`,
    ask<{ n: number }>`select count(*)::int as n from copy_permit p where ${where}`,
  ])
  return paged(rows, counted!.n)
}

const itemSql = (item: string) => (item === '' ? Prisma.sql`true` : Prisma.sql`i.number = ${item}`)

/** ARC-13: the register as it leaves the house: every copy ever made, newest first, of customers whose registers one reads. */
export function registerOf(actor: Actor, now: Date): Promise<ListedCopy[]> {
  return ask<ListedCopy>`${copyColumns(actor, now)}
    where n.customer_id in (select id from customer where ${withinSql(actor, 'archive.registers')})
    order by n.made_at desc, n.id desc limit ${registerMost}`
}
