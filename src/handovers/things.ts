import { Prisma } from '../../prisma/client/client.ts'
import type { Db, Tx } from '../db.ts'

/**
 * ACC-02: what can be left with somebody who leaves. Each answers with id, label (a number people know it by), about (what
 * it is, where that is no word of its own) and customer_id, so that no name shows beyond its reader's scope (PRV-02). What
 * comes with later features, loans and cases, is a row here and one in kinds.ts.
 */
export const things = {
  customer: (leaver: bigint) => Prisma.sql`
    select id, number as label, name as about, id as customer_id from customer
    where owner_id = ${leaver} and withdrawn_at is null`,
  task: (leaver: bigint) => Prisma.sql`
    select id, number as label, title as about, customer_id from task where owner_id = ${leaver} and state = 'open'`,
  given_task: (leaver: bigint) => Prisma.sql`
    select id, number as label, title as about, customer_id from task
    where created_by_id = ${leaver} and owner_id <> ${leaver} and state = 'open'`,
  complaint: (leaver: bigint) => Prisma.sql`
    select id, number as label, '' as about, null::bigint as customer_id from complaint
    where owner_id = ${leaver} and state not in ('closed', 'void')`,
  measure: (leaver: bigint) => Prisma.sql`
    select m.id, k.number || '-' || m.n as label, '' as about, null::bigint as customer_id
    from corrective_action m join complaint k on k.id = m.complaint_id
    where m.owner_id = ${leaver} and m.state in ('proposed', 'approved', 'done')`,
  measure_check: (leaver: bigint) => Prisma.sql`
    select m.id, k.number || '-' || m.n as label, '' as about, null::bigint as customer_id
    from corrective_action m join complaint k on k.id = m.complaint_id
    where m.checker_id = ${leaver} and m.state in ('proposed', 'approved', 'done', 'verified')`,
  visit: (leaver: bigint, now: Date) => Prisma.sql`
    select id, number as label, party as about, customer_id from visit
    where owner_id = ${leaver} and state = 'approved' and starts_at >= ${now}::timestamptz`,
  visit_report: (leaver: bigint, now: Date) => Prisma.sql`
    select id, number as label, party as about, customer_id from visit
    where owner_id = ${leaver} and (state = 'done' or state = 'approved' and starts_at < ${now}::timestamptz)`,
  visit_template: (leaver: bigint) => Prisma.sql`
    select t.id, c.number as label, c.name as about, t.customer_id
    from visit_template t join customer c on c.id = t.customer_id where t.owner_id = ${leaver} and t.ended_at is null`,
  visit_plan: (leaver: bigint) => Prisma.sql`
    select p.id, p.number as label, to_char(p.month, 'YYYY-MM') as about, null::bigint as customer_id from visit_plan p
    where p.owner_id = ${leaver} and p.state in ('draft', 'returned', 'refused')
      and exists (select from visit v where v.plan_id = p.id and v.state in ('draft', 'refused'))`,
  signature: (leaver: bigint) => Prisma.sql`
    select s.id, r.number as label, r.kind as about, r.customer_id
    from approval_step s join approval_request r on r.id = s.request_id
    where s.staff_id = ${leaver} and s.state in ('open', 'waiting') and r.state = 'waiting'`,
  request: (leaver: bigint) => Prisma.sql`
    select id, number as label, kind as about, customer_id from approval_request
    where filed_by_id = ${leaver} and state = 'waiting'`,
  delegation: (leaver: bigint, now: Date) => Prisma.sql`
    select d.id, a.name || ' → ' || b.name as label, '' as about, null::bigint as customer_id
    from delegation d join staff a on a.id = d.from_id join staff b on b.id = d.to_id
    where ${leaver} in (d.from_id, d.to_id) and d.ended_at is null and d.ends_at > ${now}::timestamptz`,
  deadline: (leaver: bigint) => Prisma.sql`
    select d.id, coalesce(c.number, k.number, d.subject) as label, d.kind as about, d.customer_id
    from deadline d left join customer c on c.id = d.customer_id
      left join complaint k on k.id = case when d.subject ~ '^complaint:[0-9]{1,18}$'
        then substr(d.subject, 11)::bigint end
    where d.owner_id = ${leaver} and d.met_at is null and d.cancelled_at is null
      and k.owner_id is distinct from ${leaver} and d.kind not like 'measure.%' and d.kind not like 'visit.%'
      and d.kind not in ('relation.month', 'task.due', 'loan.return', 'transfer.hand_over', 'transfer.check')`,
  loan: (leaver: bigint) => Prisma.sql`
    select l.id, l.number as label, i.number as about, null::bigint as customer_id
    from loan l join archive_item i on i.id = l.item_id where l.borrower_id = ${leaver} and l.returned_at is null`,
  kept_file: (leaver: bigint) => Prisma.sql`
    select f.id, f.number as label, c.name as about, f.customer_id
    from customer_file f join customer c on c.id = f.customer_id where f.keeper_id = ${leaver}`,
  // ARC-02: what an item is, only those know who may open it.
  kept_item: (leaver: bigint) => Prisma.sql`
    select id, number as label, '' as about, null::bigint as customer_id from archive_item
    where keeper_id = ${leaver} and state not in ('disposed', 'given_back')`,
  import: (leaver: bigint) => Prisma.sql`
    select id, number as label, file_name as about, null::bigint as customer_id from customer_import
    where owner_id = ${leaver} and state in ('mapping', 'waiting', 'running', 'failed', 'undoing')`,
  view: (leaver: bigint) => Prisma.sql`
    select id, name as label, '' as about, null::bigint as customer_id from saved_view
    where staff_id = ${leaver} and shared`,
  transfer_list: (leaver: bigint) => Prisma.sql`
    select id, number as label, '' as about, customer_id from transfer
    where officer_id = ${leaver} and state = 'listing'`,
  transfer_check: (leaver: bigint) => Prisma.sql`
    select id, number as label, '' as about, customer_id from transfer
    where checker_id = ${leaver} and state in ('listing', 'handed')`,
  transfer_taking: (leaver: bigint) => Prisma.sql`
    select id, number as label, '' as about, customer_id from transfer
    where archivist_id = ${leaver} and state in ('listing', 'handed', 'checked')`,
} as const satisfies Record<string, (leaver: bigint, now: Date) => Prisma.Sql>

export type Thing = keyof typeof things
export const thingNames = Object.keys(things) as Thing[]
export const isThing = (name: string): name is Thing => Object.hasOwn(things, name)

export const foundSql = (thing: Thing, leaver: bigint, now: Date): Prisma.Sql => things[thing](leaver, now)

export type Left = Record<Thing, number>

/** How much of each is still with a person. */
export async function leftWith(from: Db | Tx, leaver: bigint, now: Date): Promise<Left> {
  const counts = thingNames.map(
    (thing) => Prisma.sql`select ${thing} as thing, count(*)::int as n from (${foundSql(thing, leaver, now)}) f`,
  )
  const rows = await (from as Db).$queryRaw<{ thing: Thing; n: number }[]>(Prisma.join(counts, ' union all '))
  return Object.fromEntries(rows.map(({ thing, n }) => [thing, n])) as Left
}

export const noneLeft = Object.fromEntries(thingNames.map((thing) => [thing, 0])) as Left

export const totalOf = (left: Left): number => Object.values(left).reduce((sum, n) => sum + n, 0)
