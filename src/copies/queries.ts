import { Prisma } from '../../prisma/client/client.ts'
import type { ApplicationState, ArchivePurpose, CopyState, CopyWay, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { knownSql } from '../archive/policy.ts'
import { ask } from '../db.ts'
import { now as clock } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { permitsSql, type PlacedPermit } from './policy.ts'

/** One line of a permit: an item, how many copies are permitted, and how many were made. */
export type PermitLine = {
  itemId: bigint
  number: string
  /** ARC-02: empty where the reader knows number, mark and keeper only. */
  title: string
  known: boolean
  keeper: string
  secrecy: SecrecyLevel
  permitted: number
  made: number
  medium: 'paper' | 'electronic'
  /** The type of the newest content, null where there is none. */
  type: string | null
}

export type MadeCopy = {
  id: bigint
  number: string
  itemNumber: string
  holder: string
  state: CopyState
  pages: number
  /** It is a file of ours; null where it was made on paper. */
  versionN: number | null
  /** Of what was handed out; null until it was. */
  sha256: string | null
  madeAt: Date
  madeBy: string
  dueAt: Date
  endedAt: Date | null
  endedBy: string | null
  witness: string | null
  endNote: string | null
  version: number
}

export type PermitRecord = PlacedPermit & {
  id: bigint
  number: string
  state: ApplicationState
  way: CopyWay
  purpose: ArchivePurpose
  reason: string
  holder: string
  /** 2026-11-30 */
  dueOn: string
  filedAt: Date
  applicant: string
  customerId: bigint
  /** Null where the reader may not know whose items these are. */
  customer: { number: string; name: string } | null
  approval: string | null
  lines: PermitLine[]
  copies: MadeCopy[]
}

type Row = Omit<PermitRecord, 'lines' | 'copies' | 'customer'> & { customer: { number: string; name: string } }

/** The only way to a permit: by its own number, or that of a copy made by it. */
export async function permitFor(actor: Actor, number: string): Promise<PermitRecord> {
  const [row] = await ask<Row>`
    select p.id, p.number, p.state::text, p.way::text, p.purpose::text, p.reason, p.holder, p.due_on::text as "dueOn",
      p.filed_at as "filedAt", a.name as applicant, p.applicant_id as "applicantId", p.customer_id as "customerId",
      json_build_object('number', c.number, 'name', c.name) as customer, r.number as approval,
      c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId"
    from copy_permit p join staff a on a.id = p.applicant_id join customer c on c.id = p.customer_id
      left join approval_request r on r.id = p.request_id
    where (p.number = ${number.toUpperCase()}
        or p.id = (select permit_id from numbered_copy where number = ${number.toUpperCase()}))
      and ${permitsSql(actor)}`
  if (!row) throw new NotFound()
  const [lines, copies] = await Promise.all([linesOf(actor, row.id), copiesOf(row.id)])
  return { ...row, lines, copies, customer: lines.every(({ known }) => known) ? row.customer : null }
}

async function linesOf(actor: Actor, permitId: bigint): Promise<PermitLine[]> {
  const rows = await ask<PermitLine>`
    select i.id as "itemId", i.number, i.title, ${knownSql(actor, clock())} as known, k.name as keeper, i.secrecy::text,
      pi.copies as permitted, i.medium::text,
      (select count(*)::int from numbered_copy n where n.permit_id = pi.permit_id and n.item_id = i.id) as made,
      (select s.type from item_version v join stored_file s on s.id = v.file_id
        where v.item_id = i.id order by v.n desc limit 1) as type
    from copy_permit_item pi join archive_item i on i.id = pi.item_id join customer_file f on f.id = i.file_id
      join staff k on k.id = coalesce(i.keeper_id, f.keeper_id)
    where pi.permit_id = ${permitId} order by i.id`
  return rows.map((row) => (row.known ? row : { ...row, title: '' }))
}

const madeColumns = Prisma.sql`n.id, n.number, i.number as "itemNumber", n.holder, n.state::text, n.pages,
  n.version_n as "versionN", n.sha256, n.made_at as "madeAt", m.name as "madeBy", n.due_at as "dueAt",
  n.ended_at as "endedAt", e.name as "endedBy", w.name as witness, n.end_note as "endNote", n.version`
const madeFrom = Prisma.sql`numbered_copy n join archive_item i on i.id = n.item_id
  join staff m on m.id = n.made_by_id left join staff e on e.id = n.ended_by_id left join staff w on w.id = n.witness_id`

const copiesOf = (permitId: bigint) =>
  ask<MadeCopy>`select ${madeColumns} from ${madeFrom} where n.permit_id = ${permitId} order by n.id`

/** A copy with the permit it was made by. */
export type CopyRecord = PermitRecord & { copy: MadeCopy }

export async function copyFor(actor: Actor, permit: string, number: string): Promise<CopyRecord> {
  const record = await permitFor(actor, permit)
  const copy = record.copies.find((one) => one.number === number.toUpperCase())
  if (!copy || record.number !== permit.toUpperCase()) throw new NotFound()
  return { ...record, copy }
}

export type Content = { n: number; name: string; type: string; sha256: string; bytes: bigint }

/** The newest content of an item, or a certain one; null where it has none. */
export async function contentOf(itemId: bigint, n?: number): Promise<Content | null> {
  const [found] = await ask<Content>`
    select v.n, v.name, s.type, s.sha256, s.bytes from item_version v join stored_file s on s.id = v.file_id
    where v.item_id = ${itemId} and (${n ?? null}::int is null or v.n = ${n ?? null}::int) order by v.n desc limit 1`
  return found ?? null
}
