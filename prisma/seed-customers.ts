import type pg from 'pg'
import { factColumns } from '../src/customers/facts.ts'
import { searchColumns } from '../src/customers/indexing.ts'
import { isUscc } from '../src/customers/codes.ts'
import { customerNumber } from '../src/customers/rules.ts'
import { now } from '../src/lib/clock.ts'
import { yearOf } from '../src/lib/dates.ts'

const places = [
  ['浙江省', '杭州市', '西湖区'],
  ['浙江省', '宁波市', '鄞州区'],
  ['江苏省', '苏州市', '吴中区'],
  ['江苏省', '南京市', '鼓楼区'],
  ['山东省', '青岛市', '崂山区'],
  ['福建省', '厦门市', '思明区'],
  ['四川省', '成都市', '锦江区'],
  ['湖北省', '武汉市', '洪山区'],
  ['陕西省', '西安市', '雁塔区'],
  ['广东省', '佛山市', '南海区'],
] as const
// Trade names nobody would register: 广寒桂, 蓬莱渡 …
const heads =
  '广寒 蓬莱 瑶池 桃源 云外 鹤归 听雪 枕流 九皋 沧浪 青萍 白露 醉翁 南柯 武陵 灵犀 望舒 羲和 若木 扶桑 昆仑 玄圃 归墟 方壶 员峤'.split(
    ' ',
  )
const tails = [...'桂渡桥石舟灯月弦笔砚竹松梅兰菊鹿鹤鲸雁蝉萤苔泉溪汀洲']
const trades =
  '商贸 机电设备 冷链物流 建筑装饰 食品 信息技术 纺织品 家具 汽车配件 包装制品 园林工程 茶业 五金工具 印务 医疗器械 塑料制品 酒店管理 水产 照明 仪器仪表'.split(
    ' ',
  )
const suffixes = [
  '有限公司',
  '有限公司',
  '有限公司',
  '有限责任公司',
  '股份有限公司',
  '厂',
  '经营部',
  '（集团）有限公司',
]
const surnames = [...'顾温祝林钱舟江陶明严齐何陆沈云柳白花']
const givens = '不言 知秋 望舒 采薇 听松 问梅 若水 怀瑾 惊蛰 谷雨 清和 长庚'.split(' ')

const columns =
  'number text, kind text, name text, core text, "codeKind" text, code text, phone text, "phoneDigits" text, province text, city text, address text, pinyin text, initials text, grams text[], "searchText" text, at timestamptz, turn int'

/** Invented customers, each with its line in the trail. As owner: the search indexes are dropped and built once. */
export async function createCustomers(client: pg.Client, count: number): Promise<void> {
  await client.query('begin')
  const first = await takeNumbers(client, count)
  const restore = await dropSearchIndexes(client, count)
  for (let done = 0; done < count; done += 2000) {
    const batch = Array.from({ length: Math.min(2000, count - done) }, (_, at) => invented(first + done + at))
    await insert(client, batch)
  }
  for (const definition of restore) await client.query(definition)
  await client.query('commit')
  await client.query('analyze customer; analyze audit_entry')
}

async function takeNumbers(client: pg.Client, count: number): Promise<number> {
  const { rows } = await client.query<{ last: number }>(
    `insert into number_counter (kind, year, last) values ('customer', $1, $2)
     on conflict (kind, year) do update set last = number_counter.last + $2 returning last`,
    [yearOf(now()), count],
  )
  return rows[0]!.last - count + 1
}

async function dropSearchIndexes(client: pg.Client, count: number): Promise<string[]> {
  if (count < 10_000) return []
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where schemaname = 'public' and tablename = 'customer' and indexdef like '%USING gin%'`,
  )
  for (const { name } of rows) await client.query(`drop index "${name}"`)
  await client.query(`set local maintenance_work_mem = '256MB'`)
  return rows.map(({ definition }) => definition)
}

function invented(serial: number) {
  const person = serial % 12 === 0
  const [province, city, county] = pick(places, serial, 3)
  const name = person ? personName(serial) : companyName(serial, city)
  const facts = columnsOf({
    name,
    kind: person ? 'person' : 'organisation',
    code: person || serial % 3 === 0 ? null : creditCode(serial),
    phone: serial % 9 === 0 ? null : `199${String(spread(serial, 17) % 1e8).padStart(8, '0')}`,
    province,
    city,
    address: `${county}${pick(heads, serial, 5)}路${1 + (serial % 899)}号`,
  })
  const at = new Date(now().getTime() - (spread(serial, 23) % (365 * 86_400)) * 1000)
  return { ...facts, number: customerNumber(yearOf(now()), serial), at, turn: spread(serial, 29) % 100_000 }
}

function companyName(serial: number, city: string): string {
  const word = pick(heads, serial, 7) + pick(tails, serial, 11)
  return `${city.slice(0, -1)}${word}${pick(trades, serial, 13)}${pick(suffixes, serial, 19)}`
}

function personName(serial: number): string {
  return pick(surnames, serial, 31) + pick(givens, serial, 37)
}

/** Of a region that does not exist (990000), with a right check digit. */
function creditCode(serial: number): string {
  const stem = `91990000${String(serial).padStart(9, '0')}`
  const check = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'].find((character) => isUscc(stem + character))
  return stem + check!
}

async function insert(client: pg.Client, batch: ReturnType<typeof invented>[]): Promise<void> {
  await client.query(
    `with made as (
       insert into customer (number, kind, name, core, code_kind, code, phone, phone_digits, province, city, address,
         pinyin, initials, grams, search_text, created_at, updated_at, owner_id, department_id, region_id, created_by_id)
       select number, kind::customer_kind, name, core, "codeKind"::code_kind, code, phone, "phoneDigits", province, city,
         address, pinyin, initials, grams, "searchText", at, at, s.owners[1 + turn % cardinality(s.owners)],
         s.departments[1 + turn % cardinality(s.departments)], s.regions[1 + turn % cardinality(s.regions)], s.maker
       from json_to_recordset($1::json) as row(${columns}),
         (select (select array_agg(distinct staff_id) || array[null, null]::bigint[] from role_grant where role = 'sales')
              as owners,
            (select array_agg(id) from department where parent_id is not null) as departments,
            (select array_agg(id) || array[null]::bigint[] from region) as regions,
            (select min(id) from staff) as maker) s
       returning id, number, name, created_at, created_by_id)
     insert into audit_entry (at, kind, actor_id, actor_name, action, subject, after)
     select created_at, 'change', created_by_id, '演示数据', 'customer.created', 'customer:' || id,
       jsonb_build_object('number', number, 'name', name) from made`,
    [JSON.stringify(batch)],
  )
}

function pick<T>(from: readonly T[], serial: number, salt: number): T {
  return from[spread(serial, salt) % from.length]!
}

/** The same for the same serial, and without a visible pattern. */
function spread(serial: number, salt: number): number {
  let mixed = Math.imul(serial ^ (salt << 16), 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77)
  return (mixed ^ (mixed >>> 13)) >>> 0
}
