import { Prisma } from '../../prisma/client/client.ts'
import type {
  FileKind,
  FilePart,
  ItemInk,
  ItemMedium,
  ItemState,
  ItemType,
  Retention,
  SecrecyLevel,
} from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import type { Placed } from '../access/policy.ts'
import { ask, type Tx } from '../db.ts'
import { now } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { knownSql, visibleItemsSql, windowSql } from './policy.ts'

/** An item of the archive with the customer it belongs to, whose place it shares. */
export type Item = Placed & {
  id: bigint
  number: string
  /** ARC-02: false where this person sees number, mark and keeper only; what follows from `title` on is empty then. */
  known: boolean
  /** ARC-07: an approved window of this person's is open on it. */
  window: boolean
  secrecy: SecrecyLevel
  keeperId: bigint
  keeper: { id: string; name: string; number: string }
  state: ItemState
  title: string
  customerId: bigint
  customer: { number: string; name: string }
  fileId: bigint
  fileNumber: string
  fileKind: FileKind
  volumeId: bigint
  volume: { n: number; title: string; part: FilePart }
  n: number
  type: ItemType
  datedOn: Date | null
  pages: number
  copies: number
  medium: ItemMedium
  durable: boolean
  ink: ItemInk | null
  placeId: bigint | null
  /** Room, cabinet, shelf, position. */
  place: { room: string; cabinet: number; shelf: number; position: number } | null
  secrecyUntil: Date | null
  retention: Retention
  retainUntil: Date | null
  important: boolean
  certificate: boolean
  remark: string | null
  /** The newest content, 0 where there is none. */
  contents: number
  /** The open loan, which is what "on loan" means. */
  loan: { number: string; borrowerId: string; borrower: string; dueAt: string } | null
  copiesOut: number
  version: number
}

const selected = (known: Prisma.Sql, window: Prisma.Sql) => Prisma.sql`
  select i.id, i.number, ${known} as known, ${window} as "window", i.secrecy::text, i.state::text, i.title,
    coalesce(i.keeper_id, f.keeper_id) as "keeperId",
    json_build_object('id', k.id::text, 'name', k.name, 'number', k.number) as keeper,
    c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId",
    i.customer_id as "customerId", json_build_object('number', c.number, 'name', c.name) as customer,
    i.file_id as "fileId", f.number as "fileNumber", f.kind::text as "fileKind", i.volume_id as "volumeId",
    json_build_object('n', v.n, 'title', v.title, 'part', v.part) as volume, i.n, i.type::text,
    i.dated_on as "datedOn", i.pages, i.copies, i.medium::text, i.durable, i.ink::text, i.place_id as "placeId",
    (select json_build_object('room', r.name, 'cabinet', p.cabinet, 'shelf', p.shelf, 'position', p.position)
      from archive_place p join archive_room r on r.id = p.room_id where p.id = i.place_id) as place,
    i.secrecy_until as "secrecyUntil", i.retention::text, i.retain_until as "retainUntil", i.important,
    exists (select from certificate where item_id = i.id) as certificate, i.remark,
    coalesce((select max(n) from item_version where item_id = i.id), 0) as contents,
    (select json_build_object('number', l.number, 'borrowerId', l.borrower_id::text, 'borrower', b.name, 'dueAt', l.due_at)
      from loan l join staff b on b.id = l.borrower_id where l.item_id = i.id and l.returned_at is null) as loan,
    (select count(*)::int from numbered_copy where item_id = i.id and state = 'out') as "copiesOut", i.version
  from archive_item i join customer_file f on f.id = i.file_id join customer c on c.id = i.customer_id
    join volume v on v.id = i.volume_id join staff k on k.id = coalesce(i.keeper_id, f.keeper_id)`

/** The only way to an item: what the actor may not see does not exist, and of what is classified only the mark is told. */
export async function itemFor(actor: Actor, number: string): Promise<Item> {
  const at = now()
  const [item] = await ask<Item>`${selected(knownSql(actor, at), windowSql(actor, at))}
    where i.number = ${number.toUpperCase()} and ${visibleItemsSql(actor)}`
  if (!item) throw new NotFound()
  return item.known ? item : marked(item)
}

/** Holds the row until the transaction ends; take it before checking any rule. Nothing in it is left out. */
export async function lockItem(tx: Tx, id: bigint): Promise<Item> {
  const [item] = await tx.$queryRaw<Item[]>`
    ${selected(Prisma.sql`true`, Prisma.sql`false`)} where i.id = ${id} for update of i`
  if (!item) throw new NotFound()
  return item
}

/** Several, in one fixed order, so that two who want the same items never wait for each other. */
export async function lockItems(tx: Tx, ids: readonly bigint[]): Promise<Item[]> {
  return tx.$queryRaw<Item[]>`
    ${selected(Prisma.sql`true`, Prisma.sql`false`)} where i.id = any(${[...ids]}::bigint[]) order by i.id for update of i`
}

/** ARC-02: number, mark and keeper, and nothing that tells more. */
function marked(item: Item): Item {
  return {
    ...item,
    title: '',
    customer: { number: '', name: '' },
    volume: { n: item.volume.n, title: '', part: 'general' },
    type: 'other',
    datedOn: null,
    pages: 0,
    copies: 0,
    durable: true,
    ink: null,
    placeId: null,
    place: null,
    secrecyUntil: null,
    retainUntil: null,
    remark: null,
    contents: 0,
    loan: null,
    copiesOut: 0,
  }
}
