import { Prisma } from '../../../prisma/client/client.ts'
import type { Actor } from '../../access/actor.ts'
import { mayEver } from '../../access/policy.ts'
import { ask } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { visibleComplaintsSql } from '../policy.ts'
import { rowOf, type Office } from './cells.ts'
import { columnsSql, seen, type ComplaintRow } from './rows.ts'

const mostOpen = 5
const mostClosed = 2

export type ComplaintsOf = { rows: ComplaintRow[]; open: number; closed: number } | null

/** What is open about a customer and what was closed last, of the complaints that this person sees; null for who sees none. */
export async function complaintsOf(actor: Actor, { id }: { id: bigint }): Promise<ComplaintsOf> {
  if (!mayEver(actor, 'complaints.view')) return null
  const mine = Prisma.sql`select id, state, priority, due_at, closed_at from complaint
    where customer_id = ${id} and state <> 'void' and ${visibleComplaintsSql(actor)}`
  const found = await ask<ComplaintRow & { open: number; closed: number }>`
    with mine as materialized (${mine}),
      n as (select count(*) filter (where state <> 'closed')::int as open,
        count(*) filter (where state = 'closed')::int as closed from mine),
      page as (
        (select id, 0 as part, row_number() over (order by due_at, id) as at from mine where state <> 'closed'
          order by at limit ${mostOpen})
        union all
        (select id, 1, row_number() over (order by closed_at desc, id desc) from mine where state = 'closed'
          order by 3 limit ${mostClosed}))
    select n.open, n.closed, ${columnsSql} from n left join page on true left join complaint c on c.id = page.id
      left join customer k on k.id = c.customer_id order by page.part, page.at`
  const { open, closed } = found[0]!
  return { open, closed, rows: found.filter((row) => row.id !== null).map(seen) }
}

/** The part of a customer's page about its complaints (views/complaints/list/customer-section.ejs). */
export function complaintsSection(actor: Actor, { number }: { number: string }, found: ComplaintsOf, office: Office) {
  if (!found) return null
  const t = translate[actor.language]
  const { open, closed, rows } = found
  return {
    rows: rows.map((row) => ({ ...rowOf(row, actor, office), href: `/complaints/${row.number}` })),
    counts: [
      { word: t('complaintList:section.open', { n: open }), href: `/complaints?customer=${number}` },
      { word: t('complaintList:section.closed', { n: closed }), href: `/complaints?state=closed&customer=${number}` },
    ].filter((_, at) => (at === 0 ? open : closed) > 0),
  }
}
