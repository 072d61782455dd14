import { Prisma } from '../../prisma/client/client.ts'
import type { ApplicationState, DisclosureWay, ItemState, LegalBasis, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { withinSql, type Placed } from '../access/policy.ts'
import { knownSql, visibleItemsSql } from '../archive/policy.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import type { ListQuery } from './forms.ts'
import { visibleDisclosuresSql } from './policy.ts'

export type SeenItem = { number: string; known: boolean; title: string; secrecy: SecrecyLevel }

/** A disclosure with the place of its customer. */
export type Disclosure = Placed & {
  id: bigint
  number: string
  state: ApplicationState
  customerId: bigint
  /** Null where this reader does not see the customer. */
  customer: { number: string; name: string } | null
  applicantId: bigint
  applicant: string
  recipient: string
  agreement: { number: string }
  purpose: string
  basis: LegalBasis
  fields: string[]
  fromOn: Date
  untilOn: Date
  way: DisclosureWay
  request: { number: string; state: string; reason: string | null; basis: string } | null
  filedAt: Date
  packedAt: Date | null
  packedBy: string | null
  packageSha: string | null
  packageFileSha: string | null
  handedAt: Date | null
  handedTo: string | null
  version: number
  items: SeenItem[]
}

const selected = (actor: Actor, at: Date) => Prisma.sql`
  select d.id, d.number, d.state::text, d.customer_id as "customerId", c.owner_id as "ownerId",
    c.department_id as "departmentId", c.region_id as "regionId",
    (select json_build_object('number', number, 'name', name) from customer
      where id = d.customer_id and ${visibleCustomersSql(actor)}) as customer,
    d.applicant_id as "applicantId", s.name as applicant, d.recipient,
    json_build_object('number', a.number) as agreement, d.purpose, d.basis::text, d.fields, d.from_on as "fromOn",
    d.until_on as "untilOn", d.way::text,
    (select json_build_object('number', r.number, 'state', r.state, 'reason', r.end_reason, 'basis', r.basis)
      from approval_request r where r.id = d.request_id) as request,
    d.filed_at as "filedAt", d.packed_at as "packedAt", p.name as "packedBy", d.package_sha as "packageSha",
    (select sha256 from stored_file where id = d.package_file_id) as "packageFileSha",
    d.handed_at as "handedAt", d.handed_to as "handedTo", d.version,
    (select coalesce(json_agg(json_build_object('number', i.number, 'secrecy', i.secrecy, 'known', seen.known,
        'title', case when seen.known then i.title else '' end) order by i.number), '[]')
      from disclosure_item di join archive_item i on i.id = di.item_id
        cross join lateral (select (${visibleItemsSql(actor)} and ${knownSql(actor, at)}) as known) seen
      where di.disclosure_id = d.id) as items
  from disclosure d join customer c on c.id = d.customer_id join staff s on s.id = d.applicant_id
    join agreement a on a.id = d.agreement_id left join staff p on p.id = d.packed_by_id`

/** Where a classified item is not this reader's to know, neither is whose it is. */
const seen = (one: Disclosure): Disclosure => (one.items.every(({ known }) => known) ? one : { ...one, customer: null })

export async function disclosureFor(actor: Actor, number: string): Promise<Disclosure> {
  const [found] = await ask<Disclosure>`${selected(actor, now())}
    where d.number = ${number.toUpperCase()} and ${visibleDisclosuresSql(actor)}`
  if (!found) throw new NotFound()
  return seen(found)
}

/** For the card of its approval, which whoever may decide or sees the request reads. */
export async function disclosureById(actor: Actor, id: bigint, at: Date): Promise<Disclosure> {
  const [found] = await ask<Disclosure>`${selected(actor, at)} where d.id = ${id}`
  if (!found) throw new NotFound()
  return seen(found)
}

export const pageSize = 50

export async function disclosuresFor(
  actor: Actor,
  { state, q, before }: ListQuery,
  at: Date,
  most = pageSize,
): Promise<{ rows: Disclosure[]; more: boolean }> {
  const like = `%${q.replace(/[\\%_]/g, (one) => `\\${one}`)}%`
  const rows = await ask<Disclosure>`${selected(actor, at)}
    where ${visibleDisclosuresSql(actor)}
      ${state ? Prisma.sql`and d.state = ${state}::application_state` : Prisma.empty}
      ${q ? Prisma.sql`and (d.number ilike ${like} or d.recipient ilike ${like} or s.name ilike ${like})` : Prisma.empty}
      ${before ? Prisma.sql`and d.id < ${BigInt(before)}` : Prisma.empty}
    order by d.id desc limit ${most + 1}`
  return { rows: rows.slice(0, most).map(seen), more: rows.length > most }
}

/** The customer with this number, where this person may ask to give its data out. */
export async function customerToAsk(actor: Actor, number: string): Promise<(Placed & { id: bigint }) | null> {
  const [found] = await ask<Placed & { id: bigint }>`
    select id, owner_id as "ownerId", department_id as "departmentId", region_id as "regionId" from customer
    where number = ${number.toUpperCase()} and ${visibleCustomersSql(actor)} and ${withinSql(actor, 'disclosures.ask')}`
  return found ?? null
}

export type Content = {
  itemId: bigint
  number: string
  title: string
  secrecy: SecrecyLevel
  state: ItemState
  /** The newest content; 0 where there is none. */
  n: number
  name: string | null
  type: string | null
  sha256: string | null
  bytes: number
}

/** The items of a disclosure with what they hold now; everything of them, for those who make the package. */
export function contentsOf(tx: Pick<Tx, '$queryRaw'>, disclosureId: bigint): Promise<Content[]> {
  return tx.$queryRaw<Content[]>`
    select i.id as "itemId", i.number, i.title, i.secrecy::text, i.state::text, coalesce(v.n, 0) as n, v.name, f.type, f.sha256,
      coalesce(f.bytes, 0)::float8 as bytes
    from disclosure_item di join archive_item i on i.id = di.item_id
    left join lateral (select n, name, file_id from item_version where item_id = i.id order by n desc limit 1) v on true
    left join stored_file f on f.id = v.file_id
    where di.disclosure_id = ${disclosureId} order by i.number`
}

/** Holds the row until the transaction ends. */
export async function lockDisclosure(tx: Tx, id: bigint) {
  await tx.$queryRaw`select 1 from disclosure where id = ${id} for update`
  const found = await tx.disclosure.findUnique({
    where: { id },
    include: {
      agreement: { select: { number: true } },
      request: { select: { basis: true } },
    },
  })
  if (!found) throw new NotFound()
  return found
}
export type Locked = Awaited<ReturnType<typeof lockDisclosure>>
