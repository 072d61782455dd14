import { Readable } from 'node:stream'
import { pool } from '../../src/db.ts'
import { theStore } from '../../src/files/store.ts'
import { now } from '../../src/lib/clock.ts'
import { make, theCast } from '../support/make.ts'

type Content = { bytes: Buffer; name: string; type?: string; n?: number }

/** A content of an item, as scanning it in leaves it. */
export async function content(
  item: { id: bigint },
  { bytes, name, type = 'text/plain', n = 1 }: Content,
): Promise<void> {
  const { archivist } = await theCast()
  const stored = await (await theStore()).put(Readable.from([bytes]))
  await pool.query(
    `with f as (insert into stored_file (sha256, bytes, type, stored_at, stored_by_id) values ($1, $2, $3, $4, $5)
       on conflict (sha256) do update set sha256 = excluded.sha256 returning id)
     insert into item_version (item_id, n, file_id, name, at, by_id) select $6, $7, id, $8, $4, $5 from f`,
    [stored.sha256, stored.bytes, type, now(), archivist.id, item.id, n, name],
  )
}

let serial = 0
/** A partner who is bound, from long ago until that day. */
export async function partner(untilOn: string | null = null) {
  const { info_supervisor } = await theCast()
  const name = `九色鹿货运${Date.now().toString(36)}${serial++}`
  const { rows } = await pool.query<{ id: string; number: string }>(
    `insert into agreement (number, party, partner, scope, duties, liability, signed_on, from_on, until_on, recorded_by_id,
       recorded_at)
     values ('XY' || upper(substr(md5(gen_random_uuid()::text), 1, 12)), 'partner', $1, '送货', '不外传', '赔偿', '2020-01-01',
       '2020-01-01', $2::date, $3, $4) returning id, number`,
    [name, untilOn, info_supervisor.id, now()],
  )
  return { id: BigInt(rows[0]!.id), number: rows[0]!.number, name }
}

/** A customer of the cast's salesperson whose every fact can be told apart in a package. */
export async function aCustomer() {
  const { sales } = await theCast()
  const customer = await make.customer({ ownerId: sales.id, department: '城东营业部' })
  await pool.query(
    `update customer set phone = '13800000317', email = 'deer@taoyuan.example', wechat = 'luming_317', address = '云外路18号',
       remark = '蓬莱备注秘而不宣', trade_note = '只欠东风一笔', website = 'https://guanghan.example' where id = $1`,
    [customer.id],
  )
  return customer
}
