import { Prisma } from '../../prisma/client/client.ts'
import type { FileKind, FilePart, ItemInk, ItemType, SecrecyLevel, TransferState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db, type Db, type Tx } from '../db.ts'
import type { Tagged } from '../deadlines/tag.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleTransfersSql, type PlacedTransfer } from './policy.ts'

export type Person = { id: string; number: string; name: string }
export type Transfer = PlacedTransfer & {
  id: bigint
  number: string
  customerId: bigint
  customer: { number: string; name: string }
  fileId: bigint | null
  fileNumber: string | null
  fileKind: FileKind
  title: string
  /** 2026-02-13 */
  endedOn: string
  state: TransferState
  officer: Person
  checker: Person
  archivist: Person
  handedAt: Date | null
  checkedAt: Date | null
  takenAt: Date | null
  lateReason: string | null
  lateApprovedAt: Date | null
  createdAt: Date
  endedAt: Date | null
  endReason: string | null
  backReason: string | null
  version: number
  clock: (Tagged & { id: string }) | null
}

export type TransferItem = {
  id: bigint
  n: number
  title: string
  type: ItemType
  part: FilePart
  datedOn: Date | null
  pages: number
  copies: number
  secrecy: SecrecyLevel
  durable: boolean
  ink: ItemInk | null
  attachment: boolean
  certificate: boolean
  certKind: string | null
  certNumber: string | null
  certOwner: string | null
  checkedPages: number | null
  takenPages: number | null
  checkedCopies: number | null
  takenCopies: number | null
  itemId: bigint | null
  item: { number: string; keeperId: bigint | null } | null
}

export type Supplement = {
  id: bigint
  n: number
  what: string
  askedAt: Date
  dueOn: Date
  settledAt: Date | null
  settledNote: string | null
  followWhy: string | null
}

const personSql = (column: Prisma.Sql) =>
  Prisma.sql`(select json_build_object('id', id::text, 'number', number, 'name', name) from staff where id = ${column})`

/** The clock of whose turn it is. */
const clockSql = Prisma.sql`(
  select json_build_object('id', d.id::text, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at,
    'soonAt', d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
  from deadline d where d.subject = 'transfer:' || t.id and d.kind in ('transfer.hand_over', 'transfer.check')
    and d.met_at is null and d.cancelled_at is null order by d.due_at limit 1)`

export const selected = Prisma.sql`
  select t.id, t.number, t.customer_id as "customerId", json_build_object('number', c.number, 'name', c.name) as customer,
    c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId", t.file_id as "fileId",
    (select number from customer_file where id = t.file_id) as "fileNumber", t.file_kind::text as "fileKind", t.title,
    to_char(t.ended_on, 'YYYY-MM-DD') as "endedOn", t.state::text, t.officer_id as "officerId",
    t.checker_id as "checkerId", t.archivist_id as "archivistId", ${personSql(Prisma.sql`t.officer_id`)} as officer,
    ${personSql(Prisma.sql`t.checker_id`)} as checker, ${personSql(Prisma.sql`t.archivist_id`)} as archivist,
    t.handed_at as "handedAt", t.checked_at as "checkedAt", t.taken_at as "takenAt", t.late_reason as "lateReason",
    t.late_approved_at as "lateApprovedAt", t.created_at as "createdAt", t.ended_at as "endedAt",
    t.end_reason as "endReason", t.back_reason as "backReason", t.version, ${clockSql} as clock
  from transfer t join customer c on c.id = t.customer_id`

/** The only way to one; what this person has no part in and no reach over does not exist. */
export async function transferFor(actor: Actor, number: string): Promise<Transfer> {
  const [found] = await ask<Transfer>`
    ${selected} where t.number = ${number.toUpperCase()} and ${visibleTransfersSql(actor)}`
  if (!found) throw new NotFound()
  return asTransfer(found)
}

/** For who decides about it, whoever that is. */
export async function transferById(id: bigint): Promise<Transfer> {
  const [found] = await ask<Transfer>`${selected} where t.id = ${id}`
  if (!found) throw new NotFound()
  return asTransfer(found)
}

/** Holds the row until the transaction ends; take it before checking any rule. */
export async function lockTransfer(tx: Tx, id: bigint): Promise<Transfer> {
  const [found] = await tx.$queryRaw<Transfer[]>`${selected} where t.id = ${id} for update of t`
  if (!found) throw new NotFound()
  return asTransfer(found)
}

export function asTransfer(found: Transfer): Transfer {
  return { ...found, clock: found.clock && asClock(found.clock) }
}

/** What JSON carried as text. */
function asClock<C extends Tagged>(clock: C): C {
  const date = (value: Date | null) => (value === null ? null : new Date(value))
  const { startedAt, dueAt, soonAt, pausedAt, metAt, cancelledAt } = clock
  const given = { startedAt: new Date(startedAt), dueAt: new Date(dueAt), soonAt: new Date(soonAt) }
  return { ...clock, ...given, pausedAt: date(pausedAt), metAt: date(metAt), cancelledAt: date(cancelledAt) }
}

const inOrder = { orderBy: { n: 'asc' as const } }

export function itemsOf(transferId: bigint, from: Db | Tx = db): Promise<TransferItem[]> {
  const item = { select: { number: true, keeperId: true } }
  return (from as Db).transferItem.findMany({ where: { transferId }, ...inOrder, include: { item } })
}

export function supplementsOf(transferId: bigint, from: Db | Tx = db): Promise<Supplement[]> {
  return (from as Db).supplement.findMany({ where: { transferId }, ...inOrder })
}

export type OneSupplement = Transfer & { supplement: Supplement }

/** One line of the supplement list, with the transfer it belongs to. */
export async function supplementFor(actor: Actor, number: string, n: string): Promise<OneSupplement> {
  const transfer = await transferFor(actor, number)
  if (!/^\d{1,4}$/.test(n)) throw new NotFound()
  const supplement = await db.supplement.findUnique({
    where: { transferId_n: { transferId: transfer.id, n: Number(n) } },
  })
  if (!supplement) throw new NotFound()
  return { ...transfer, supplement }
}

export const partOf = ({ id }: Pick<Transfer, 'id'>) => `transfer:${id}`
