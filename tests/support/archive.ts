import type { ItemMedium, ItemType, SecrecyLevel } from '../../prisma/client/enums.ts'
import { itemSearch } from '../../src/archive/search.ts'
import { db, pool } from '../../src/db.ts'
import { now } from '../../src/lib/clock.ts'
import { theCast } from './make.ts'

type Owned = { id: bigint; number: string; name: string }
type ItemGiven = {
  secrecy?: SecrecyLevel
  title?: string
  type?: ItemType
  pages?: number
  medium?: ItemMedium
  important?: boolean
  keeperId?: bigint
  placeId?: bigint
}

let serial = 0
const unique = () => `${process.env.VITEST_POOL_ID ?? 0}${Date.now().toString(36)}${serial++}`.toUpperCase()

/** A customer's file with one volume, kept by the cast's archivist. */
export async function aFile(customer: Owned, keeperId?: bigint) {
  const { archivist } = await theCast()
  const keeper = keeperId ?? archivist.id
  const { rows } = await pool.query<{ id: string; number: string; volume: string }>(
    `with file as (
       insert into customer_file (number, customer_id, keeper_id, opened_at, opened_by_id)
       values ('DA' || $1, $2, $3, $4, $3)
       on conflict (customer_id) do update set remark = customer_file.remark returning id, number),
     volume as (
       insert into volume (file_id, n, title) select id, 1, '第 1 卷' from file
       on conflict (file_id, n) do update set title = volume.title returning id)
     select file.id, file.number, volume.id as volume from file, volume`,
    [unique(), customer.id, keeper, now()],
  )
  const { id, number, volume } = rows[0]!
  return { id: BigInt(id), number, volumeId: BigInt(volume), keeperId: keeper }
}

/** An item in that customer's file; 机密 and 绝密 are kept by the archivist unless told otherwise. */
export async function anItem(customer: Owned, given: ItemGiven = {}) {
  const { archivist } = await theCast()
  const file = await aFile(customer)
  const title = given.title ?? `云锦书院供货合同${unique()}`
  const { secrecy = 'internal', type = 'contract', pages = 6, medium = 'paper', important = false } = given
  const classified = secrecy === 'confidential' || secrecy === 'top_secret'
  const keeper = given.keeperId ?? (classified ? archivist.id : null)
  const { lastItem: n } = await db.customerFile.findUniqueOrThrow({
    where: { id: file.id },
    select: { lastItem: true },
  })
  const { grams, text } = itemSearch(title)
  const { rows } = await pool.query<{ id: string; number: string; n: number }>(
    `with counted as (update customer_file set last_item = last_item + 1 where id = $1 returning last_item)
     insert into archive_item (number, file_id, customer_id, volume_id, n, title, grams, search_text, type, pages, medium,
       secrecy, important, keeper_id, place_id, created_at, created_by_id)
     select $2 || '-' || lpad(last_item::text, 2, '0'), $1, $3, $4, last_item, $5, $6, $7, $8::item_type, $9,
       $10::item_medium, $11::secrecy_level, $12, $13, $14, $15, $16 from counted returning id, number, n`,
    [
      file.id,
      file.number,
      customer.id,
      file.volumeId,
      title,
      grams,
      text,
      type,
      pages,
      medium,
      secrecy,
      important,
      keeper,
      given.placeId ?? null,
      now(),
      archivist.id,
    ],
  )
  const row = rows[0]!
  return { id: BigInt(row.id), number: row.number, n: Math.max(row.n, n), title, file, customer }
}

/** ARC-19: as if this person had read and acknowledged the three prohibitions just now. */
export async function acknowledged(...people: { id: bigint }[]): Promise<void> {
  const at = now()
  for (const { id } of people)
    await pool.query(
      `insert into acknowledgement (staff_id, at, until_at, text) values ($1, $2, $2::timestamptz + interval '1 year', '三不准')`,
      [id, at],
    )
}

/** PRV-14: a confidentiality agreement that is in force. */
export async function agreed(...people: { id: bigint }[]): Promise<void> {
  const { info_supervisor } = await theCast()
  for (const { id } of people)
    await pool.query(
      `insert into agreement (number, party, staff_id, scope, duties, liability, signed_on, from_on, recorded_by_id, recorded_at)
       values ($1, 'staff', $2, '客户档案', '不外传', '依法赔偿', $3::date, $3::date, $4, $3)`,
      [`XY${unique()}`, id, new Date(now().getTime() - 86_400_000 * 30), info_supervisor.id],
    )
}

/** ARC-07: a window on these items, open now, as an approval leaves it. */
export async function windowOn(person: { id: bigint }, items: { id: bigint }[], hours = 4) {
  const at = now()
  const [first] = await db.archiveItem.findMany({ where: { id: items[0]!.id }, select: { customerId: true } })
  const { rows } = await pool.query<{ id: string; number: string }>(
    `insert into viewing (number, customer_id, applicant_id, state, purpose, reason, from_at, until_at, filed_at)
     values ($1, $2, $3, 'approved', 'complaint', '核对交货期与合同约定', $4::timestamptz - interval '1 minute',
       $4::timestamptz + make_interval(hours => $5::int), $4) returning id, number`,
    [`Y${unique()}`, first!.customerId, person.id, at, hours],
  )
  for (const { id } of items)
    await pool.query(
      `insert into viewing_item (viewing_id, item_id, secrecy) select $1, id, secrecy from archive_item where id = $2`,
      [rows[0]!.id, id],
    )
  return { id: BigInt(rows[0]!.id), number: rows[0]!.number }
}
