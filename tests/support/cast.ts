import type { Role } from '../../prisma/client/enums.ts'
import { personPinyin } from '../../src/lib/pinyin.ts'
import { hashPassword } from '../../src/session/hash.ts'

// The few people that tests, seed and bench share: one for each role. All invented.

export type Place = { scope: 'company' } | { scope: 'department' | 'region'; name: string }
export type CastMember = { name: string; role: Role; department: string; at: Place; phone: string }
/** One of them, as they are in the database. */
export type Person = { id: bigint; number: string; name: string; password: string }
export type Cast = Record<Role, Person> & { nobody: Person }
type Query = { query: (sql: string, values?: unknown[]) => Promise<{ rows: Record<string, unknown>[] }> }

export const company = { name: '云杉桥商贸（演示）', trade: 'general' }

/** Name and the one above it, parents first. */
export const departments: [string, string | null][] = [
  ['总部', null],
  ['客户服务部', '总部'],
  ['信息档案部', '总部'],
  ['财务部', '总部'],
  ['物流部', '总部'],
  ['销售中心', null],
  ['城东营业部', '销售中心'],
  ['城西营业部', '销售中心'],
]
export const regions: [string, string | null][] = [
  ['东区', null],
  ['东区一片', '东区'],
  ['西区', null],
]

const everywhere: Place = { scope: 'company' }
const member = (role: Role, name: string, department: string, at: Place = everywhere): CastMember => ({
  name,
  role,
  department,
  at,
  phone: `1990000${String(7001 + cast.length)}`,
})

export const cast: CastMember[] = []
cast.push(member('front_desk', '何以宁', '城东营业部', { scope: 'department', name: '城东营业部' }))
cast.push(member('sales', '陆停云', '城东营业部', { scope: 'department', name: '城东营业部' }))
cast.push(member('dept_head', '沈既白', '城东营业部', { scope: 'department', name: '城东营业部' }))
cast.push(member('area_manager', '顾听澜', '销售中心', { scope: 'region', name: '东区' }))
cast.push(member('archivist', '温知非', '信息档案部'))
cast.push(member('info_supervisor', '祝余墨', '信息档案部'))
cast.push(member('cs_manager', '林知夏', '客户服务部'))
cast.push(member('finance', '钱未晞', '财务部'))
cast.push(member('logistics', '舟行简', '物流部'))
cast.push(member('sales_director', '江问渠', '销售中心'))
cast.push(member('general_manager', '陶然亭', '总部'))
cast.push(member('auditor', '明察秋', '总部'))
cast.push(member('security_admin', '严守正', '总部'))
cast.push(member('system_admin', '齐思远', '总部'))

/** Puts company, places and people into an empty or a used database; a person already there gets the new password. */
export async function createCast(to: Query, passwordOf: () => string): Promise<Cast> {
  await to.query(
    `insert into company (id, name, trade, set_up_at) values (1, $1, $2::trade, now())
     on conflict (id) do update set set_up_at = coalesce(company.set_up_at, now())`,
    [company.name, company.trade],
  )
  const places = { department: await tree(to, 'department', departments), region: await tree(to, 'region', regions) }
  const people: [string, Person][] = []
  const granter = await castMember(to, { ...cast.find(({ role }) => role === 'security_admin')! }, places, passwordOf())
  for (const one of cast) {
    const person = one.role === 'security_admin' ? granter : await castMember(to, one, places, passwordOf())
    await grant(to, person, one, places, granter)
    people.push([one.role, person])
  }
  const nobody = { name: '无职责', phone: '19900007099', department: '总部' }
  people.push(['nobody', await castMember(to, nobody, places, passwordOf())])
  return Object.fromEntries(people) as Cast
}

type Places = Record<'department' | 'region', Map<string, bigint>>

async function tree(to: Query, table: keyof Places, rows: [string, string | null][]): Promise<Map<string, bigint>> {
  const ids = new Map<string, bigint>()
  for (const [name, parent] of rows) {
    const parentId = parent === null ? null : ids.get(parent)
    const known = await to.query(`select id from ${table} where name = $1 and parent_id is not distinct from $2`, [
      name,
      parentId,
    ])
    const { rows: made } = known.rows.length
      ? known
      : await to.query(`insert into ${table} (name, parent_id) values ($1, $2) returning id`, [name, parentId])
    ids.set(name, BigInt(made[0]!.id as string))
  }
  return ids
}

type Somebody = Pick<CastMember, 'name' | 'phone' | 'department'>

async function castMember(to: Query, who: Somebody, places: Places, password: string): Promise<Person> {
  const hash = await hashPassword(password)
  const { rows } = await to.query(
    `update staff set password_hash = $2, must_change_password = false, state = 'active', epoch = epoch + 1
     where phone = $1 returning id, number, name`,
    [who.phone, hash],
  )
  if (rows.length === 0) rows.push(await hire(to, who, places, hash))
  const { id, number, name } = rows[0] as { id: string; number: string; name: string }
  return { id: BigInt(id), number, name, password }
}

async function hire(to: Query, who: Somebody, places: Places, hash: string): Promise<Record<string, unknown>> {
  const { rows } = await to.query(
    `with next as (
       insert into number_counter (kind, year, last)
       values ('staff', 0, (select count(*) + 1 from staff))
       on conflict (kind, year) do update set last = number_counter.last + 1 returning last)
     insert into staff (number, name, pinyin, phone, department_id, password_hash, must_change_password)
     select 'C' || lpad(last::text, 5, '0'), $1, $2, $3, $4, $5, false from next returning id, number, name`,
    [who.name, personPinyin(who.name).full, who.phone, places.department.get(who.department), hash],
  )
  return rows[0]!
}

async function grant(to: Query, person: Person, { role, at }: CastMember, places: Places, by: Person): Promise<void> {
  const place = at.scope === 'company' ? null : places[at.scope].get(at.name)
  await to.query(
    `insert into role_grant (staff_id, role, scope, department_id, region_id, granted_by_id)
     values ($1, $2::role, $3::grant_scope, $4, $5, $6) on conflict do nothing`,
    [
      person.id,
      role,
      at.scope,
      at.scope === 'department' ? place : null,
      at.scope === 'region' ? place : null,
      by.id === person.id ? null : by.id,
    ],
  )
}
