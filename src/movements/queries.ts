import { Prisma } from '../../prisma/client/client.ts'
import type { CopyState, MovementKind, ProtectiveMeasure, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { knownSql } from '../archive/policy.ts'
import { itemFor, type Item } from '../archive/queries.ts'
import { ask, type Tx } from '../db.ts'
import { now as clock } from '../lib/clock.ts'
import { dateText } from '../lib/dates.ts'
import { NotFound } from '../lib/refused.ts'
import { movementsSql } from './policy.ts'
import type { Moved } from './rules.ts'

export type MovementRecord = Placed & {
  id: bigint
  number: string
  kind: MovementKind
  itemId: bigint
  itemNumber: string
  /** ARC-02: empty where the reader knows number, mark and keeper only. */
  title: string
  secrecy: SecrecyLevel
  copyNumber: string | null
  loanNumber: string | null
  customerId: bigint
  fromWhom: string
  toWhom: string
  carrier: string
  measure: ProtectiveMeasure
  note: string | null
  outAt: Date
  dueAt: Date | null
  backAt: Date | null
  recordedBy: string
  version: number
}

const selected = (actor: Actor) => Prisma.sql`
  select m.id, m.number, m.kind::text, m.item_id as "itemId", i.number as "itemNumber", i.secrecy::text,
    case when ${knownSql(actor, clock())} then i.title else '' end as title, n.number as "copyNumber",
    l.number as "loanNumber", m.customer_id as "customerId", m.from_whom as "fromWhom", m.to_whom as "toWhom",
    p.name as carrier, m.measure::text, m.note, m.out_at as "outAt", m.due_at as "dueAt", m.back_at as "backAt",
    r.name as "recordedBy", m.version, c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId"
  from movement m join archive_item i on i.id = m.item_id join customer c on c.id = m.customer_id
    join staff p on p.id = m.carrier_id join staff r on r.id = m.recorded_by_id
    left join numbered_copy n on n.id = m.copy_id left join loan l on l.id = m.loan_id`

export const listMost = 500

/** What is out, the one longest due first; or all, newest first. */
export function movementsFor(actor: Actor, tab: 'open' | 'all'): Promise<MovementRecord[]> {
  return tab === 'open'
    ? ask<MovementRecord>`${selected(actor)} where m.back_at is null and ${movementsSql(actor)}
        order by m.due_at nulls last, m.id limit ${listMost}`
    : ask<MovementRecord>`${selected(actor)} where ${movementsSql(actor)} order by m.out_at desc, m.id desc limit ${listMost}`
}

export async function movementFor(actor: Actor, number: string): Promise<MovementRecord> {
  const [found] = await ask<MovementRecord>`${selected(actor)}
    where m.number = ${number.toUpperCase()} and ${movementsSql(actor)}`
  if (!found) throw new NotFound()
  return found
}

/** An item by its number, or the one a copy was made of; with what moves. */
export async function movedFor(actor: Actor, what: string): Promise<{ item: Item; copyId: bigint | null }> {
  if (!/^FB/i.test(what)) return { item: await itemFor(actor, what), copyId: null }
  const [copy] = await ask<{ id: bigint; item: string }>`
    select n.id, i.number as item from numbered_copy n join archive_item i on i.id = n.item_id
    where n.number = ${what.toUpperCase()}`
  if (!copy) throw new NotFound()
  return { item: await itemFor(actor, copy.item), copyId: copy.id }
}

type Row = Omit<Moved, 'loan' | 'copy'> & {
  loanId: bigint | null
  loanDue: Date | null
  copyNumber: string | null
  copyState: CopyState | null
  copyDue: Date | null
}
export type Standing = Moved & { loanId: bigint | null }

/** How it stands, for the rules; of a locked item where it is to move. */
export async function standingOf(tx: Pick<Tx, '$queryRaw'>, itemId: bigint, copyId: bigint | null): Promise<Standing> {
  const [row] = await tx.$queryRaw<Row[]>`
    select i.number, i.secrecy::text, i.important, l.id as "loanId",
      l.due_at as "loanDue",
      n.number as "copyNumber", n.state::text as "copyState",
      n.due_at as "copyDue",
      (select number from movement m where m.item_id = i.id and m.copy_id is not distinct from n.id and m.back_at is null
        limit 1) as open
    from archive_item i left join numbered_copy n on n.id = ${copyId}::bigint and n.item_id = i.id
      left join loan l on l.item_id = i.id and l.returned_at is null and n.id is null
    where i.id = ${itemId}`
  if (!row) throw new NotFound()
  const { loanId, loanDue, copyNumber, copyState, copyDue, ...item } = row
  return {
    ...item,
    loanId,
    loan: loanDue === null ? null : { dueOn: lastDay(loanDue) },
    copy: copyNumber === null ? null : { number: copyNumber, state: copyState!, dueOn: lastDay(copyDue!) },
  }
}

/** What is due at the stroke of midnight is out on the day before for the last time. */
const lastDay = (due: Date) => dateText(new Date(due.getTime() - 1))
