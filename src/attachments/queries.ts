import { Prisma } from '../../prisma/client/client.ts'
import type { Actor } from '../access/actor.ts'
import { ask, db, type Tx } from '../db.ts'
import { kindByType, type Kind } from '../files/kinds.ts'
import { NotFound } from '../lib/refused.ts'
import { whose, whoseSql, type Host, type Hosting, type Of } from './host.ts'
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
/** An attachment with what it belongs to, whose rights it shares. */
export type AttachmentOf<R = unknown> = { record: R; host: Host; attachment: Attachment }
export type VersionOf<R = unknown> = AttachmentOf<R> & { chosen: Version }

const rowsSql = (host: Of) => Prisma.sql`
  select a.id::text, a.title, a.note, a.removed_at is not null as removed, v.n, v.name, f.type, f.bytes::float8 as bytes,
    to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, s.name as by
  from attachment a
  join lateral (select * from attachment_version where attachment_id = a.id order by n desc limit 1) v on true
  join stored_file f on f.id = v.file_id
  join staff s on s.id = v.by_id
  where ${whoseSql(host)}`

/** What stands on the page of a record that the actor sees: the newest few, and how many there are. */
export const attachmentsSql = (host: Of, most: number) => Prisma.sql`(
  select json_build_object(
    'count', (select count(*)::int from attachment where ${whoseSql(host)} and removed_at is null),
    'removed', (select count(*)::int from attachment where ${whoseSql(host)} and removed_at is not null),
    'rows', (select coalesce(json_agg(r), '[]') from (
      ${rowsSql(host)} and a.removed_at is null order by v.at desc, a.id desc limit ${most}) r)))`

export type AttachmentsShown = { count: number; removed: number; rows: AttachmentRow[] }

/** All of them, those removed last. */
export function attachmentsOf(host: Of): Promise<AttachmentRow[]> {
  return ask<AttachmentRow>`${rowsSql(host)} order by a.removed_at is not null, v.at desc, a.id desc`
}

/** The newest few of a record that the actor sees. */
export async function attachmentsShown(host: Of, most: number): Promise<AttachmentsShown> {
  const [found] = await ask<{ shown: AttachmentsShown }>`select ${attachmentsSql(host, most)} as shown`
  return found!.shown
}

/** The only way to an attachment: by what it belongs to. */
export const attachmentFor =
  <R>(of: Hosting<R>) =>
  async (actor: Actor, number: string, id: string): Promise<AttachmentOf<R>> => {
    const record = await of.load(actor, number)
    const host = of.hostOf(record)
    return { record, host, attachment: await attachmentIn(db, host, id) }
  }

/** One version of it, also an older one. */
export const versionFor =
  <R>(of: Hosting<R>) =>
  async (actor: Actor, number: string, id: string, n: string): Promise<VersionOf<R>> => {
    const found = await attachmentFor(of)(actor, number, id)
    return { ...found, chosen: versionIn(found.attachment, /^\d{1,5}$/.test(n) ? Number(n) : 0) }
  }

export function versionIn({ versions }: Attachment, n?: number): Version {
  const found = n === undefined ? versions[0] : versions.find((one) => one.n === n)
  if (!found) throw new NotFound()
  return found
}

/** Versions newest first. For writing, the row of what it belongs to is locked already. */
export async function attachmentIn(
  from: Pick<Tx, 'attachment' | 'staff'> | typeof db,
  host: Of,
  id: bigint | string,
): Promise<Attachment> {
  if (!/^\d{1,18}$/u.test(String(id))) throw new NotFound()
  const found = await from.attachment.findFirst({
    where: { id: BigInt(id), ...whose(host) },
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
export async function removalOf({ subject }: Pick<Host, 'subject'>, id: bigint) {
  return db.auditEntry.findFirst({
    where: {
      subject,
      action: 'attachment.removed',
      before: { path: ['part'], equals: partOf({ id }) },
    },
    select: { at: true, actorName: true, why: true },
  })
}

export async function usedBy(tx: Pick<Tx, '$queryRaw'>, host: Of): Promise<Used> {
  const [used] = await tx.$queryRaw<Used[]>`
    select (select count(*)::int from attachment where ${whoseSql(host)} and removed_at is null) as count,
      (select coalesce(sum(f.bytes), 0)::float8 from attachment a join attachment_version v on v.attachment_id = a.id
       join stored_file f on f.id = v.file_id where ${whoseSql(host)}) as bytes`
  return used!
}

/** The attachment of this record that has this content now. */
export async function sameContent(tx: Tx, host: Of, sha256: string) {
  const [same] = await tx.$queryRaw<{ id: bigint; title: string }[]>`
    select a.id, a.title from attachment a
    join lateral (select file_id from attachment_version where attachment_id = a.id order by n desc limit 1) v on true
    join stored_file f on f.id = v.file_id
    where ${whoseSql(host)} and a.removed_at is null and f.sha256 = ${sha256} limit 1`
  return same ?? null
}

export const partOf = ({ id }: { id: bigint }) => `attachment:${id}`
export const kindOf = ({ type }: { type: string }): Kind => kindByType(type) ?? 'text'
