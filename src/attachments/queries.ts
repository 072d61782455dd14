import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { customerFor, type Customer } from '../customers/queries.ts'
import { ask, db, type Tx } from '../db.ts'
import { kindByType, type Kind } from '../files/kinds.ts'
import { NotFound } from '../lib/refused.ts'
import type { Used } from './rules.ts'

/** One line of the list: an attachment with its current version. */
export type AttachmentRow = {
  id: string
  title: string
  note: string | null
  removed: boolean
  n: number
  name: string
  type: string
  bytes: number
  at: string
  by: string
}

export type Version = { n: number; name: string; type: string; bytes: number; sha256: string; at: Date; by: string }
export type Attachment = {
  id: bigint
  title: string
  note: string | null
  removedAt: Date | null
  version: number
  versions: Version[]
}
/** An attachment with the customer it belongs to, whose place it shares. */
export type AttachmentOf = Placed & { customer: Customer; attachment: Attachment }
export type VersionOf = AttachmentOf & { chosen: Version }

const rowsSql = (customerId: bigint) => Prisma.sql`
  select a.id::text, a.title, a.note, a.removed_at is not null as removed, v.n, v.name, f.type, f.bytes::float8 as bytes,
    to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, s.name as by
  from attachment a
  join lateral (select * from attachment_version where attachment_id = a.id order by n desc limit 1) v on true
  join stored_file f on f.id = v.file_id
  join staff s on s.id = v.by_id
  where a.customer_id = ${customerId}`

/** What stands on the page of a customer that the actor sees: the newest few, and how many there are. */
export const attachmentsSql = (customerId: bigint, most: number) => Prisma.sql`(
  select json_build_object(
    'count', (select count(*)::int from attachment where customer_id = ${customerId} and removed_at is null),
    'removed', (select count(*)::int from attachment where customer_id = ${customerId} and removed_at is not null),
    'rows', (select coalesce(json_agg(r), '[]') from (
      ${rowsSql(customerId)} and a.removed_at is null order by v.at desc, a.id desc limit ${most}) r)))`

export type AttachmentsShown = { count: number; removed: number; rows: AttachmentRow[] }

/** All of them, those removed last. */
export function attachmentsOf({ id }: { id: bigint }): Promise<AttachmentRow[]> {
  return ask<AttachmentRow>`${rowsSql(id)} order by a.removed_at is not null, v.at desc, a.id desc`
}

/** The only way to an attachment: by the customer it belongs to. */
export async function attachmentFor(actor: Actor, number: string, id: string): Promise<AttachmentOf> {
  const customer = await customerFor(actor, number)
  const { ownerId, departmentId, regionId } = customer
  return { ownerId, departmentId, regionId, customer, attachment: await attachmentIn(db, customer.id, id) }
}

/** One version of it, also an older one. */
export async function versionFor(actor: Actor, number: string, id: string, n: string): Promise<VersionOf> {
  const record = await attachmentFor(actor, number, id)
  return { ...record, chosen: versionIn(record.attachment, /^\d{1,5}$/.test(n) ? Number(n) : 0) }
}

export function versionIn({ versions }: Attachment, n?: number): Version {
  const found = n === undefined ? versions[0] : versions.find((one) => one.n === n)
  if (!found) throw new NotFound()
  return found
}

/** Versions newest first. For writing, the customer's row is locked already. */
export async function attachmentIn(
  from: Pick<Tx, 'attachment' | 'staff'> | typeof db,
  customerId: bigint,
  id: bigint | string,
): Promise<Attachment> {
  if (!/^\d{1,18}$/u.test(String(id))) throw new NotFound()
  const found = await from.attachment.findFirst({
    where: { id: BigInt(id), customerId },
    select: {
      id: true,
      title: true,
      note: true,
      removedAt: true,
      version: true,
      versions: { orderBy: { n: 'desc' }, select: { n: true, name: true, at: true, byId: true, file: true } },
    },
  })
  if (!found) throw new NotFound()
  const ids = [...new Set(found.versions.map(({ byId }) => byId))]
  const people = await from.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const names = new Map(people.map((person) => [person.id, person.name]))
  return {
    ...found,
    versions: found.versions.map(({ n, name, at, byId, file: { type, bytes, sha256 } }) => {
      return { n, name, at, by: names.get(byId) ?? '', type, bytes: Number(bytes), sha256 }
    }),
  }
}

/** Who removed it, and why, as the trail has it. */
export async function removalOf(customerId: bigint, id: bigint) {
  return db.auditEntry.findFirst({
    where: {
      subject: `customer:${customerId}`,
      action: 'attachment.removed',
      before: { path: ['part'], equals: partOf({ id }) },
    },
    select: { at: true, actorName: true, why: true },
  })
}

export async function usedBy(tx: Pick<Tx, '$queryRaw'>, customerId: bigint): Promise<Used> {
  const [used] = await tx.$queryRaw<Used[]>`
    select (select count(*)::int from attachment where customer_id = ${customerId} and removed_at is null) as count,
      (select coalesce(sum(f.bytes), 0)::float8 from attachment a join attachment_version v on v.attachment_id = a.id
       join stored_file f on f.id = v.file_id where a.customer_id = ${customerId}) as bytes`
  return used!
}

/** The attachment of this customer that has this content now. */
export async function sameContent(tx: Tx, customerId: bigint, sha256: string) {
  const [same] = await tx.$queryRaw<{ id: bigint; title: string }[]>`
    select a.id, a.title from attachment a
    join lateral (select file_id from attachment_version where attachment_id = a.id order by n desc limit 1) v on true
    join stored_file f on f.id = v.file_id
    where a.customer_id = ${customerId} and a.removed_at is null and f.sha256 = ${sha256} limit 1`
  return same ?? null
}

export const partOf = ({ id }: { id: bigint }) => `attachment:${id}`
export const kindOf = ({ type }: { type: string }): Kind => kindByType(type) ?? 'text'
