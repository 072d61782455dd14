import { itemQuery, type ItemQuery } from '../../src/archive/list/forms.ts'
import { itemSearch } from '../../src/archive/search.ts'
import { db, pool } from '../../src/db.ts'
import { aFile, anItem } from '../support/archive.ts'
import { make, theCast } from '../support/make.ts'

/** A query of the index, as its address would be read. */
export function asked(search: string | Record<string, string> = ''): ItemQuery {
  const values = typeof search === 'string' ? Object.fromEntries(new URLSearchParams(search)) : search
  return itemQuery.parse(values)
}

/** A room of its own with one place. */
export async function aPlace(name: string, [cabinet, shelf, position] = [2, 4, 3]) {
  const { id } = await pool
    .query<{ id: string }>('insert into archive_room (name) values ($1) returning id', [name])
    .then(({ rows }) => rows[0]!)
  const { rows } = await pool.query<{ id: string }>(
    'insert into archive_place (room_id, cabinet, shelf, position) values ($1, $2, $3, $4) returning id',
    [id, cabinet, shelf, position],
  )
  return { room: id, id: BigInt(rows[0]!.id) }
}

/** An item nobody but its keeper and those above knows, with a word in every field that could tell of it. */
export async function aCanary() {
  const cast = await theCast()
  const keeper = await make.staff()
  const place = await aPlace(`望月阁${keeper.number}`, [7, 6, 5])
  const customer = await make.customer({ ownerId: cast.sales.id, department: '城东营业部', region: '东区一片' })
  const title = `月窟秘卷${keeper.number}`
  const item = await anItem(customer, {
    secrecy: 'confidential',
    title,
    type: 'report',
    keeperId: keeper.id,
    placeId: place.id,
    pages: 77,
  })
  await pool.query(
    `update archive_item set dated_on = '2019-03-07', retention = 'permanent', remark = '玉兔批注' where id = $1`,
    [item.id],
  )
  const told = [
    title,
    '月窟',
    customer.name,
    customer.number,
    `望月阁${keeper.number}`,
    '7-6-5',
    '2019-03-07',
    '玉兔批注',
  ]
  return { item, keeper, customer, place, title, told }
}

/** Many items in a file of their own, kept by one person, in all levels, dates and titles, some the same. */
export async function manyItems(count: number) {
  const keeper = await make.staff()
  const customer = await make.customer()
  const file = await aFile(customer, keeper.id)
  const rows = Array.from({ length: count }, (_, at) => {
    const title = `${['云锦', '墨玉', '桂花', 'Alpha', '听雪'][at % 5]}${(at * 7) % 11}号合同`
    const { grams, text } = itemSearch(title)
    const level = ['internal', 'internal', 'secret', 'confidential'][(at * 3) % 4]!
    const day = at % 6 === 0 ? null : `2025-0${1 + (at % 9)}-1${(at * 7) % 10}`
    return { n: at + 1, title, grams, text, level, day }
  })
  await pool.query(
    `insert into archive_item (number, file_id, customer_id, volume_id, n, title, grams, search_text, secrecy, dated_on,
       keeper_id, created_at, created_by_id)
     select $1 || '-' || lpad(n::text, greatest(2, length(n::text)), '0'), $2, $3, $4, n, title, grams, text, level::secrecy_level, day::date,
       case when level = 'confidential' then $5::bigint end, now(), $5
     from jsonb_to_recordset($6::jsonb) as v(n int, title text, grams text[], text text, level text, day text)`,
    [file.number, file.id, customer.id, file.volumeId, keeper.id, JSON.stringify(rows)],
  )
  const items = await db.archiveItem.findMany({
    where: { fileId: file.id },
    select: { id: true, number: true, secrecy: true, datedOn: true, searchText: true },
  })
  return { keeper, customer, file, items }
}
