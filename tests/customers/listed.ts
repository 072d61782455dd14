import { listQuery, type ListQuery } from '../../src/customers/list/forms.ts'
import { pool } from '../../src/db.ts'

/** A query of the list, as its address would be read. */
export function asked(search: string | Record<string, string> = ''): ListQuery {
  const values = typeof search === 'string' ? Object.fromEntries(new URLSearchParams(search)) : search
  return listQuery.parse(values)
}

const one = (values: string[]) => `(array['${values.join(`','`)}'])[1 + (n * 7919) % ${values.length}]`

/** Many invented customers in a department of their own, alike in name, in all states; answers with its id. */
export async function makeMany(name: string, count: number): Promise<string> {
  const {
    rows: [department],
  } = await pool.query<{ id: string }>('insert into department (name) values ($1) returning id', [name])
  await pool.query(
    `insert into customer (number, kind, name, core, pinyin, initials, grams, search_text, phone, phone_digits, relation,
       cooperation, life, source, province, city, department_id, created_by_id, created_at, updated_at)
     select 'K18' || lpad(($1::bigint * 2000 + n)::text, 8, '0'), ${one(['organisation', 'organisation', 'person'])}::customer_kind,
       $2 || '云中' || n || '号灯铺', '云中灯铺', 'yunzhong' || n % 40, 'yz', array['云', '中', '云中', 'yz'], '云中',
       '1390000' || lpad(n::text, 4, '0'), '1390000' || lpad(n::text, 4, '0'),
       case when n % 5 = 0 then 'cooperating' else 'business' end::customer_relation,
       case when n % 5 = 0 then 'bank' end::cooperation,
       ${one(['potential', 'signed', 'in_service', 'lapsed', 'lost', 'void'])}::customer_life,
       ${one(['walk_in', 'event', 'online', 'referral', 'visit'])}::customer_source,
       ${one(['浙江省', '江苏省', '福建省'])}, ${one(['杭州市', '宁波市', '南京市', '厦门市'])}, $1,
       (select min(id) from staff), timestamptz '2026-01-01 00:00+08' + n % 90 * interval '7 hours',
       timestamptz '2026-06-01 00:00+08' + (n * 7919) % 500 * interval '1 hour'
     from generate_series(1, $3::int) as n`,
    [department!.id, name, count],
  )
  return department!.id
}
