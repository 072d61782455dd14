import { Prisma } from '../../../prisma/client/client.ts'
import { ask } from '../../db.ts'
import type { Mark, Order } from './order.ts'
import { countedTo, fewSql, hitsSql, manySql, type Held } from './pages-sql.ts'
import { columnsSql, seen, type ComplaintRow } from './rows.ts'

const noCounts = Prisma.sql`array[]::int[]`
function countsSql(lists: Held[]): Prisma.Sql {
  const counts = lists.map((held) => Prisma.sql`(select count(*)::int from (${hitsSql(held)}) as found)`)
  return counts.length > 0 ? Prisma.sql`array[${Prisma.join(counts)}]` : noCounts
}

export type Page = { order: Order; mark: Mark | null; take: number; many: boolean }
type Listed = { rows: ComplaintRow[]; count: number; counts: number[] }
type Raw = ComplaintRow & { count: number; counts: number[] }

/**
 * Few are counted and sorted in one go; only where there are many an index is walked, by a statement of its own. That they
 * are `many` is known where they were a moment ago.
 */
export async function listed(held: Held, page: Page, others: Held[] = []): Promise<Listed> {
  if (page.many) {
    const [rows, counts] = await Promise.all([walked(held, page), countsOfEach(others)])
    return { rows, count: countedTo + 1, counts }
  }
  const few = await ask<Raw>`
    with hits as materialized (${hitsSql(held)}), n as materialized (select count(*)::int as n from hits),
      page as (${fewSql(page.order, page.mark, page.take)})
    select n.n as count, ${countsSql(others)} as counts, ${columnsSql}
    from n left join page on true left join complaint c on c.id = page.id left join customer k on k.id = c.customer_id
    order by page.at`
  const { count, counts } = few[0]!
  if (count <= countedTo) return { count, counts, rows: few.filter(({ id }) => id !== null).map(seen) }
  return { count, counts, rows: await walked(held, page) }
}

async function walked(held: Held, { order, mark, take }: Page): Promise<ComplaintRow[]> {
  const rows = await ask<ComplaintRow>`
    with page as (${manySql(held, order, mark, take)})
    select ${columnsSql} from page join complaint c using (id) left join customer k on k.id = c.customer_id
    order by page.at`
  return rows.map(seen)
}

/** Several lists counted at once, each to 1,000. */
export async function countsOfEach(lists: Held[]): Promise<number[]> {
  if (lists.length === 0) return []
  const [row] = await ask<{ counts: number[] }>`select ${countsSql(lists)} as counts`
  return row!.counts
}
