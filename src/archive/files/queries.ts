import { Prisma } from '../../../prisma/client/client.ts'
import type {
  FileKind,
  FilePart,
  ItemMedium,
  ItemState,
  ItemType,
  Retention,
  SecrecyLevel,
} from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { withinSql, type Placed } from '../../access/policy.ts'
import { ask, type Tx } from '../../db.ts'
import { NotFound } from '../../lib/refused.ts'
import { knownSql } from '../policy.ts'

/** A customer's file; it lies where the customer does. */
export type CustomerFile = Placed & {
  id: bigint
  number: string
  kind: FileKind
  customerId: bigint
  customer: { number: string; name: string }
  keeperId: bigint
  keeper: { number: string; name: string }
  secrecy: SecrecyLevel
  retention: Retention
  remark: string | null
  openedAt: Date
  openedBy: string
  version: number
}

const selected = Prisma.sql`
  select f.id, f.number, f.kind::text, f.customer_id as "customerId", f.keeper_id as "keeperId", f.secrecy::text,
    f.retention::text, f.remark, f.opened_at as "openedAt", o.name as "openedBy", f.version,
    json_build_object('number', c.number, 'name', c.name) as customer,
    json_build_object('number', k.number, 'name', k.name) as keeper,
    c.owner_id as "ownerId", c.department_id as "departmentId", c.region_id as "regionId"
  from customer_file f join customer c on c.id = f.customer_id join staff k on k.id = f.keeper_id
    join staff o on o.id = f.opened_by_id`

/** The only way to a file: by a customer in reach. */
export async function fileFor(actor: Actor, number: string): Promise<CustomerFile> {
  const [file] = await ask<CustomerFile>`${selected} where f.number = ${number.toUpperCase()} and f.customer_id in (
    select id from customer where withdrawn_at is null and ${withinSql(actor, 'archive.view')})`
  if (!file) throw new NotFound()
  return file
}

/** Holds the row until the transaction ends. */
export async function lockFile(tx: Tx, id: bigint): Promise<CustomerFile & { lastItem: number }> {
  const [file] = await tx.$queryRaw<CustomerFile[]>`${selected} where f.id = ${id} for update of f`
  if (!file) throw new NotFound()
  const { lastItem } = await tx.customerFile.findUniqueOrThrow({ where: { id }, select: { lastItem: true } })
  return { ...file, lastItem }
}

export type Volume = {
  id: bigint
  n: number
  title: string
  part: FilePart
  startedOn: string | null
  endedOn: string | null
  version: number
}

export function volumesOf({ id }: { id: bigint }): Promise<Volume[]> {
  return ask<Volume>`
    select id, n, title, part::text, to_char(started_on, 'YYYY-MM-DD') as "startedOn",
      to_char(ended_on, 'YYYY-MM-DD') as "endedOn", version from volume where file_id = ${id} order by n`
}

export type VolumeOf = CustomerFile & { volume: Volume }

export async function volumeFor(actor: Actor, number: string, n: string): Promise<VolumeOf> {
  const file = await fileFor(actor, number)
  const volume = (await volumesOf(file)).find((one) => String(one.n) === n)
  if (!volume) throw new NotFound()
  return { ...file, volume }
}

export type ItemRow = {
  number: string
  volumeId: bigint
  title: string
  type: ItemType
  datedOn: string | null
  pages: number
  copies: number
  medium: ItemMedium
  durable: boolean
  important: boolean
  secrecy: SecrecyLevel
  state: ItemState
  lent: boolean
  place: string | null
  contents: number
}
/** ARC-02: what others learn of 机密 and 绝密. */
export type MarkedRow = { number: string; secrecy: SecrecyLevel; keeper: string }

export const mostItems = 500

/** ARC-02: the items whose entry is this person's to know, by volume; the others as number, mark and keeper. */
export async function itemsOf(actor: Actor, { id }: CustomerFile, at: Date) {
  const known = knownSql(actor, at)
  const [rows, marked] = await Promise.all([
    ask<ItemRow>`
      select i.number, i.volume_id as "volumeId", i.title, i.type::text, to_char(i.dated_on, 'YYYY-MM-DD') as "datedOn",
        i.pages, i.copies, i.medium::text, i.durable, i.important, i.secrecy::text, i.state::text,
        exists (select from loan where item_id = i.id and returned_at is null) as lent,
        (select r.name || ' ' || p.cabinet || '-' || p.shelf || '-' || p.position from archive_place p
          join archive_room r on r.id = p.room_id where p.id = i.place_id) as place,
        (select count(*)::int from item_version where item_id = i.id) as contents
      from archive_item i where i.file_id = ${id} and ${known} order by i.n limit ${mostItems}`,
    ask<MarkedRow>`
      select i.number, i.secrecy::text, s.name as keeper from archive_item i join staff s on s.id = i.keeper_id
      where i.file_id = ${id} and not ${known} order by i.n limit ${mostItems}`,
  ])
  return { rows, marked }
}

/** ARC-24: the parts in which something stands. */
export async function partsHeld(fileId: bigint): Promise<FilePart[]> {
  const rows = await ask<{ part: FilePart }>`
    select distinct v.part::text as part from archive_item i join volume v on v.id = i.volume_id
    where i.file_id = ${fileId} and i.state not in ('disposed', 'given_back')`
  return rows.map(({ part }) => part)
}

export type FileShown = { number: string; kind: FileKind; keeper: string; volumes: number; items: number }

/** What stands on the page of a customer whose file the actor may see. */
export async function fileOn({ id }: { id: bigint }): Promise<FileShown | null> {
  const [file] = await ask<FileShown>`
    select f.number, f.kind::text, k.name as keeper,
      (select count(*)::int from volume where file_id = f.id) as volumes,
      (select count(*)::int from archive_item where file_id = f.id and state not in ('disposed', 'given_back')) as items
    from customer_file f join staff k on k.id = f.keeper_id where f.customer_id = ${id}`
  return file ?? null
}
