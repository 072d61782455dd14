import { Prisma } from '../../prisma/client/client.ts'
import type { ItemState, SecrecyLevel } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { knownSql } from '../archive/policy.ts'
import type { HistoryLine } from '../customers/history/queries.ts'
import { veilDeep } from '../customers/sensitivity.ts'
import { ask, db, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import type { ListQuery } from './forms.ts'
import { keptCertificatesSql, visibleCertificatesSql } from './policy.ts'

export type Certificate = Placed & {
  id: bigint
  number: string
  /** ARC-02: false where this person sees number, mark and keeper only. */
  known: boolean
  kind: string
  certNumber: string
  owner: string
  quantity: number
  receivedAt: Date
  givenBackAt: Date | null
  givenBackTo: string | null
  givenBackBy: string | null
  witness: string | null
  version: number
  itemId: bigint
  itemNumber: string
  state: ItemState
  secrecy: SecrecyLevel
  customerId: bigint
  customer: { number: string; name: string }
  keeper: string
  place: { room: string; cabinet: number; shelf: number; position: number } | null
  loan: { number: string; borrower: string; dueAt: string } | null
  transfer: { number: string; officer: string; checker: string; archivist: string } | null
}

const selected = (known: Prisma.Sql) => Prisma.sql`
  select q.id, q.number, ${known} as known, q.kind, q.cert_number as "certNumber", q.owner, q.quantity,
    q.received_at as "receivedAt", q.given_back_at as "givenBackAt", q.given_back_to as "givenBackTo",
    (select name from staff where id = q.given_back_by_id) as "givenBackBy",
    (select name from staff where id = q.witness_id) as witness, q.version, i.id as "itemId", i.number as "itemNumber",
    i.state::text, i.secrecy::text, c.id as "customerId", json_build_object('number', c.number, 'name', c.name) as customer,
    c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId", k.name as keeper,
    (select json_build_object('room', r.name, 'cabinet', p.cabinet, 'shelf', p.shelf, 'position', p.position)
      from archive_place p join archive_room r on r.id = p.room_id where p.id = i.place_id) as place,
    (select json_build_object('number', l.number, 'borrower', b.name, 'dueAt', l.due_at)
      from loan l join staff b on b.id = l.borrower_id where l.item_id = i.id and l.returned_at is null) as loan,
    (select json_build_object('number', t.number, 'officer', o.name, 'checker', h.name, 'archivist', a.name)
      from transfer_item x join transfer t on t.id = x.transfer_id join staff o on o.id = t.officer_id
        join staff h on h.id = t.checker_id join staff a on a.id = t.archivist_id where x.item_id = i.id limit 1) as transfer
  from certificate q join archive_item i on i.id = q.item_id join customer_file f on f.id = i.file_id
    join customer c on c.id = i.customer_id join staff k on k.id = coalesce(i.keeper_id, f.keeper_id)`

export async function certificateFor(actor: Actor, number: string): Promise<Certificate> {
  const [found] = await ask<Certificate>`
    ${selected(knownSql(actor, now()))} where q.number = ${number.toUpperCase()} and ${visibleCertificatesSql(actor)}`
  if (!found) throw new NotFound()
  return marked(found)
}

/** Holds it and its item until the transaction ends. Nothing in it is left out. */
export async function lockCertificate(tx: Tx, id: bigint): Promise<Certificate> {
  const [found] = await tx.$queryRaw<Certificate[]>`
    ${selected(Prisma.sql`true`)} where q.id = ${id} for update of q, i`
  if (!found) throw new NotFound()
  return found
}

/** ARC-02: of what is classified, others learn number, mark and keeper. */
function marked(found: Certificate): Certificate {
  if (found.known) return found
  const nothing = { kind: '', certNumber: '', owner: '', givenBackTo: null, place: null, loan: null, transfer: null }
  return { ...found, ...nothing, quantity: 0, customer: { number: '', name: '' } }
}

export const pageSize = 25
export const countedTo = 1000
export type CertificateList = { rows: Certificate[]; earlier: boolean; later: boolean; count: number }

/** One page of the ledger by keyset, the newest first. */
export async function certificatesFor(actor: Actor, query: ListQuery): Promise<CertificateList> {
  const mark = query.after ?? query.before
  const back = query.before !== undefined && query.after === undefined
  const where = whereSql(actor, query)
  const beyond = mark ? (back ? Prisma.sql`and q.number > ${mark}` : Prisma.sql`and q.number < ${mark}`) : Prisma.empty
  const order = back ? Prisma.sql`q.number` : Prisma.sql`q.number desc`
  const known = knownSql(actor, now())
  const [found, [counted]] = await Promise.all([
    ask<Certificate>`${selected(known)} where ${where} ${beyond} order by ${order} limit ${pageSize + 1}`,
    ask<{
      n: number
    }>`select count(*)::int as n from (select 1 from certificate q join archive_item i on i.id = q.item_id
      where ${where} limit ${countedTo + 1}) x`,
  ])
  const rows = found.slice(0, pageSize).map(marked)
  if (back) rows.reverse()
  const more = found.length > pageSize
  return { rows, earlier: back ? more : mark !== undefined, later: back || more, count: counted!.n }
}

/** Words are looked for only in what this person may know. */
function whereSql(actor: Actor, { q, state }: ListQuery): Prisma.Sql {
  const like = `%${q.replace(/[\\%_]/g, '\\$&')}%`
  const lent = Prisma.sql`exists (select from loan l where l.item_id = i.id and l.returned_at is null)`
  const parts = [
    visibleCertificatesSql(actor),
    ...(q
      ? [
          Prisma.sql`(q.number ilike ${like} or i.number ilike ${like} or ${knownSql(actor, now())}
            and (q.cert_number ilike ${like} or q.owner ilike ${like} or q.kind ilike ${like}))`,
        ]
      : []),
    // ARC-02: whether it is out would be told by the list it stands in.
    ...(state ? [knownSql(actor, now())] : []),
    ...(state === 'given' ? [Prisma.sql`q.given_back_at is not null`] : []),
    ...(state === 'lent' ? [lent] : []),
    ...(state === 'here' ? [Prisma.sql`q.given_back_at is null and not ${lent}`] : []),
  ]
  return Prisma.join(parts, ' and ')
}

/** What is in the safe by the ledger, in the order of the places: to be counted against. Pages mind what is `known`. */
export function heldNow(actor: Actor): Promise<Certificate[]> {
  return ask<Certificate>`
    ${selected(knownSql(actor, now()))} where q.given_back_at is null and ${keptCertificatesSql(actor)}
    order by i.place_id nulls last, q.number limit 500`
}

export type Movement = { at: Date; kind: 'lent' | 'returned'; number: string; who: string; by: string }

/** ARC-23: when it went out and came back, by the lending register. */
export function movementsOf({ itemId }: Certificate): Promise<Movement[]> {
  return ask<Movement>`
    select at, kind, number, who, by from (
      select l.lent_at as at, 'lent' as kind, l.number, b.name as who, g.name as by from loan l
        join staff b on b.id = l.borrower_id join staff g on g.id = l.lent_by_id where l.item_id = ${itemId}
      union all select l.returned_at, 'returned', l.number, b.name, g.name from loan l
        join staff b on b.id = l.brought_by_id join staff g on g.id = l.taken_by_id
        where l.item_id = ${itemId} and l.returned_at is not null) m order by at desc limit 50`
}

export const partOf = ({ id }: Pick<Certificate, 'id'>) => `certificate:${id}`

export async function historyOf(certificate: Certificate): Promise<HistoryLine[]> {
  const part = { path: ['part'], equals: partOf(certificate) }
  const lines = await db.auditEntry.findMany({
    where: { subject: `customer:${certificate.customerId}`, kind: 'change', before: part },
    orderBy: { id: 'desc' },
    take: 30,
    select: { id: true, at: true, actorName: true, action: true, before: true, after: true, why: true },
  })
  const fields = (value: unknown) => veilDeep(value ?? {}) as Record<string, unknown>
  return lines.map((line) => ({ ...line, before: fields(line.before), after: fields(line.after) }))
}
