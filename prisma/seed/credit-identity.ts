import type pg from 'pg'
import { itemSearch } from '../../src/archive/search.ts'
import { now } from '../../src/lib/clock.ts'

const title = '经办人身份证明'

/** CRD-01: who trades on credit has a copy of the ID of whoever opened it in its file; where it is missing it is put there. */
export async function putIdentities(client: pg.Client, customers: string[]): Promise<void> {
  const { grams, text } = itemSearch(title)
  await client.query(
    `with missing as (
       select f.id, f.number, f.customer_id, v.id as volume_id from customer_file f
       join lateral (select id from volume where file_id = f.id order by n limit 1) v on true
       where f.customer_id = any($1::bigint[])
         and not exists (select from archive_item i where i.customer_id = f.customer_id and i.type = 'identity')),
     counted as (update customer_file set last_item = last_item + 1 from missing where customer_file.id = missing.id
       returning missing.*, last_item)
     insert into archive_item (number, file_id, customer_id, volume_id, n, title, grams, search_text, type, pages, medium, secrecy,
       important, created_at, created_by_id)
     select number || '-' || lpad(last_item::text, 2, '0'), id, customer_id, volume_id, last_item, $2, $3, $4, 'identity', 1, 'paper',
       'internal', false, $5::timestamptz - interval '240 days', (select min(id) from staff) from counted`,
    [customers, title, grams, text, now()],
  )
}

/** Confirmed customers in business that have a file and no contract yet, the latest first; `owner`: of that person alone. */
export async function tradersOf(client: pg.Client, count: number, owner: bigint | null): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select c.id from customer c where c.standing = 'confirmed' and c.life not in ('void', 'lost') and c.withdrawn_at is null
       and c.created_at < $3::timestamptz and ($2::bigint is null or c.owner_id = $2)
       and exists (select from customer_file f join volume v on v.file_id = f.id where f.customer_id = c.id)
       and not exists (select from contract k where k.customer_id = c.id)
     order by c.id desc limit $1`,
    [count, owner, now()],
  )
  const ids = rows.map(({ id }) => id)
  await putIdentities(client, ids)
  return ids
}
