import { Prisma } from '../../prisma/client/client.ts'
import type { ApplicationState, ArchivePurpose, ItemState, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql, type Placed } from '../access/policy.ts'
import { knownSql, visibleItemsSql } from '../archive/policy.ts'
import { maskCode } from '../customers/codes.ts'
import { ask, type Tx } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { visibleViewingsSql } from './policy.ts'

/** An item of an application as this reader may know it: `title` is empty where only number, mark and keeper are. */
export type SeenItem = {
  id: string
  number: string
  title: string
  secrecy: SecrecyLevel
  known: boolean
  keeper: string
  keeperId: string
  /** Disposed of, or raised since it was applied for: the window is void for it. */
  barred: boolean
  state: ItemState
}

/** An application with the customer's place, which it shares. */
export type Viewing = Placed & {
  id: bigint
  number: string
  state: ApplicationState
  customerId: bigint
  /** Null where not every item of it is this reader's to know. */
  customer: { number: string; name: string } | null
  applicantId: bigint
  applicant: { name: string; number: string; department: string | null }
  purpose: ArchivePurpose
  reason: string
  fromAt: Date
  untilAt: Date
  emergency: boolean
  visitor: { name: string; unit: string; paper: 'letter' | 'work_id'; paperNo: string } | null
  letter: { sha256: string; name: string } | null
  seal: { sha256: string; name: string } | null
  requestId: bigint | null
  request: { number: string; state: string; reason: string | null } | null
  filedAt: Date
  endedAt: Date | null
  endReason: string | null
  review: { by: string; at: string; note: string; justified: boolean } | null
  readings: number
  items: SeenItem[]
  version: number
}

const itemsSql = (actor: Actor, now: Date) => Prisma.sql`(
  select coalesce(json_agg(json_build_object('id', i.id::text, 'number', i.number, 'secrecy', i.secrecy, 'state', i.state,
    'known', seen.known, 'title', case when seen.known then i.title else '' end, 'keeper', k.name, 'keeperId', k.id::text,
    'barred', i.state = 'disposed' or i.secrecy > vi.secrecy) order by i.id), '[]')
  from viewing_item vi join archive_item i on i.id = vi.item_id join customer_file f on f.id = i.file_id
    join staff k on k.id = coalesce(i.keeper_id, f.keeper_id)
    cross join lateral (select (${visibleItemsSql(actor)} and ${knownSql(actor, now)}) as known) seen
  where vi.viewing_id = v.id)`

const selected = (actor: Actor, now: Date) => Prisma.sql`
  select v.id, v.number, v.state::text, v.customer_id as "customerId", c.owner_id as "ownerId",
    c.department_id as "departmentId", c.region_id as "regionId",
    json_build_object('number', c.number, 'name', c.name) as customer, v.applicant_id as "applicantId",
    json_build_object('name', s.name, 'number', s.number, 'department', d.name) as applicant, v.purpose::text, v.reason,
    v.from_at as "fromAt", v.until_at as "untilAt", v.emergency,
    case when v.visitor_name is not null then json_build_object('name', v.visitor_name, 'unit', v.visitor_unit,
      'paper', v.visitor_paper, 'paperNo', v.visitor_paper_no) end as visitor,
    (select json_build_object('sha256', sha256, 'name', v.letter_name) from stored_file where id = v.letter_file_id) as letter,
    (select json_build_object('sha256', sha256, 'name', v.seal_name) from stored_file where id = v.seal_file_id) as seal,
    v.request_id as "requestId", (select json_build_object('number', r.number, 'state', r.state, 'reason', r.end_reason)
      from approval_request r where r.id = v.request_id) as request,
    v.filed_at as "filedAt", v.ended_at as "endedAt", v.end_reason as "endReason",
    case when v.reviewed_at is not null then json_build_object('at', v.reviewed_at, 'note', v.review_note,
      'justified', v.justified, 'by', (select name from staff where id = v.reviewed_by_id)) end as review,
    (select count(*)::int from item_reading where viewing_id = v.id) as readings,
    ${itemsSql(actor, now)} as items, v.version
  from viewing v join customer c on c.id = v.customer_id join staff s on s.id = v.applicant_id
    left join department d on d.id = s.department_id`

/** PRV-02: what people get is masked here, whatever shows it. */
const seen = (viewing: Viewing): Viewing => ({
  ...viewing,
  visitor: viewing.visitor && { ...viewing.visitor, paperNo: maskCode(viewing.visitor.paperNo) },
  customer: viewing.items.every(({ known }) => known) ? viewing.customer : null,
})

/** The only way to an application: whose it is not, nor to read or sign, finds none. */
export async function viewingFor(actor: Actor, number: string, now: Date): Promise<Viewing> {
  const [viewing] = await ask<Viewing>`
    ${selected(actor, now)} where v.number = ${number.toUpperCase()} and ${visibleViewingsSql(actor)}`
  if (!viewing) throw new NotFound()
  return seen(viewing)
}

/** For the card of its approval, which whoever may decide or sees the request reads. */
export async function viewingById(actor: Actor, id: bigint, now: Date): Promise<Viewing> {
  const [viewing] = await ask<Viewing>`${selected(actor, now)} where v.id = ${id}`
  if (!viewing) throw new NotFound()
  return seen(viewing)
}

/** A person's own, newest first. */
export async function viewingsOf(actor: Actor, now: Date): Promise<Viewing[]> {
  const rows = await ask<Viewing>`
    ${selected(actor, now)} where v.applicant_id = ${actor.id} order by v.id desc limit 100`
  return rows.map(seen)
}

/** What the archive's people look after: being signed, open now, and emergency viewings to be reviewed. */
export async function receivedBy(actor: Actor, now: Date): Promise<Viewing[]> {
  const rows = await ask<Viewing>`
    ${selected(actor, now)} where ${visibleViewingsSql(actor)} and (v.state = 'waiting'
      or (v.state = 'approved' and v.ended_at is null and v.from_at <= ${now}::timestamptz and v.until_at > ${now}::timestamptz)
      or (v.emergency and v.reviewed_at is null)) order by v.id desc limit 200`
  return rows.map(seen)
}

/** Emergency viewings that wait for this person's review. */
export async function reviewedBy(actor: Actor, now: Date): Promise<Viewing[]> {
  const rows = await ask<Viewing>`
    ${selected(actor, now)} where v.emergency and v.reviewed_at is null and v.applicant_id <> ${actor.id}
      and v.customer_id in (select id from customer where ${withinSql(actor, 'viewings.review')}) order by v.id limit 100`
  return rows.map(seen)
}

/** Holds the row until the transaction ends; take it before checking any rule. */
export async function lockViewing(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from viewing where id = ${id} for update`
  const viewing = await tx.viewing.findUnique({ where: { id }, include: { items: { select: { itemId: true } } } })
  if (!viewing) throw new NotFound()
  return viewing
}
export type Locked = Awaited<ReturnType<typeof lockViewing>>

/** APR-02: what the signatures rest on: these items, none of them raised since or gone. Null where it does not wait. */
export async function basisOf(tx: Tx, id: bigint): Promise<string | null> {
  const [found] = await tx.$queryRaw<{ basis: string | null }[]>`
    select string_agg(i.id || ':' || greatest(i.secrecy, vi.secrecy) || case when i.state = 'disposed' then '!' else '' end,
      ',' order by i.id) as basis
    from viewing_item vi join archive_item i on i.id = vi.item_id where vi.viewing_id = ${id}`
  return found?.basis ?? null
}
