import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask } from '../db.ts'
import type { ListQuery, Tab } from './forms.ts'
import { tabs } from './forms.ts'
import { visibleTransfersSql } from './policy.ts'
import { asTransfer, selected, type Transfer } from './queries.ts'

export const pageSize = 25
/** Counting stops here, as on other lists. */
export const countedTo = 1000

export type TransferList = { rows: Transfer[]; earlier: boolean; later: boolean; counts: Record<Tab, number> }

/** One page by keyset: open ones the longest ended first, ended ones the latest first. */
export async function transfersFor(actor: Actor, query: ListQuery): Promise<TransferList> {
  const mark = await markOf(actor, query.after ?? query.before)
  const back = mark !== null && query.after === undefined
  const down = (query.tab === 'ended') !== back
  const order = down ? Prisma.sql`t.ended_on desc, t.id desc` : Prisma.sql`t.ended_on, t.id`
  const [found, counts] = await Promise.all([
    ask<Transfer>`${selected} where ${tabSql(actor, query.tab)} ${beyond(mark, down)} order by ${order} limit ${pageSize + 1}`,
    countsOf(actor),
  ])
  const rows = found.slice(0, pageSize).map(asTransfer)
  if (back) rows.reverse()
  const more = found.length > pageSize
  return { rows, earlier: back ? more : mark !== null, later: back || more, counts }
}

export type ToSign = { count: number; first: Transfer } | null

/** What waits for this person's signature, for the first page: how much, and the longest ended. */
export async function transfersToSign(actor: Actor): Promise<ToSign> {
  const where = tabSql(actor, 'waiting')
  const [found] = await ask<Transfer & { count: number }>`
    with waiting as (select t.id from transfer t join customer c on c.id = t.customer_id where ${where}
      order by t.ended_on, t.id limit ${countedTo + 1})
    select x.*, (select count(*)::int from waiting) as count from (${selected}
      where t.id = (select w.id from waiting w join transfer s on s.id = w.id order by s.ended_on, s.id limit 1)) x`
  return found ? { count: found.count, first: asTransfer(found) } : null
}

/** Whose turn it is. */
const turnSql = (actor: Actor) => Prisma.sql`(t.state = 'listing' and t.officer_id = ${actor.id}
  or t.state = 'handed' and t.checker_id = ${actor.id} or t.state = 'checked' and t.archivist_id = ${actor.id})`

const open = Prisma.sql`t.state in ('listing', 'handed', 'checked')`

function tabSql(actor: Actor, tab: Tab): Prisma.Sql {
  if (tab === 'waiting') return turnSql(actor)
  if (tab === 'mine') return Prisma.sql`${open} and ${actor.id} in (t.officer_id, t.checker_id, t.archivist_id)`
  return Prisma.sql`${tab === 'scope' ? open : Prisma.sql`not ${open}`} and ${visibleTransfersSql(actor)}`
}

async function countsOf(actor: Actor): Promise<Record<Tab, number>> {
  const one = (tab: Tab) => Prisma.sql`(select count(*)::int from (select 1 from transfer t
    where ${tabSql(actor, tab)} limit ${countedTo + 1}) as found)`
  const [row] = await ask<{ counts: number[] }>`select array[${Prisma.join(tabs.map(one))}] as counts`
  return Object.fromEntries(tabs.map((tab, at) => [tab, row!.counts[at]!])) as Record<Tab, number>
}

type Mark = { id: bigint; endedOn: Date }

async function markOf(actor: Actor, number: string | undefined): Promise<Mark | null> {
  if (number === undefined) return null
  const [mark] = await ask<Mark>`
    select t.id, t.ended_on as "endedOn" from transfer t where t.number = ${number} and ${visibleTransfersSql(actor)}`
  return mark ?? null
}

function beyond(mark: Mark | null, down: boolean): Prisma.Sql {
  if (mark === null) return Prisma.empty
  const { endedOn, id } = mark
  return down
    ? Prisma.sql`and (t.ended_on, t.id) < (${endedOn}::date, ${id})`
    : Prisma.sql`and (t.ended_on, t.id) > (${endedOn}::date, ${id})`
}
