import type { Role } from '../../prisma/client/enums.ts'
import { ask } from '../db.ts'
import type { Language } from '../i18n.ts'
import { now } from '../lib/clock.ts'
import type { Actor, Grant } from './actor.ts'
import { waitingFor } from './waiting.ts'

type Row = {
  id: bigint
  number: string
  name: string
  department_id: bigint | null
  department_name: string | null
  language: Language
  theme: 'light' | 'dark'
  shortcuts: boolean
  must_change_password: boolean
  epoch: number
  company_name: string | null
  setting_up: boolean
  unread: number
  grants: { role: Role; scope: Grant['scope']; departments: string[]; regions: string[] }[]
}

/**
 * The person behind a session, if still active and not signed out everywhere since (`epoch`). One query, at every
 * request: a right withdrawn is gone with the next click (ACC-01).
 */
export async function actorFor(staffId: string, epoch: number, origin: Actor['origin']): Promise<Actor | null> {
  const [[row], waiting] = await Promise.all([rowOf(staffId, epoch), waitingFor(BigInt(staffId), now())])
  if (!row) return null
  return {
    id: row.id,
    number: row.number,
    name: row.name,
    departmentId: row.department_id,
    departmentName: row.department_name,
    language: row.language,
    theme: row.theme,
    shortcuts: row.shortcuts,
    mustChangePassword: row.must_change_password,
    grants: row.grants.map(({ role, scope, departments, regions }) => ({
      role,
      scope,
      departmentIds: departments.map(BigInt),
      regionIds: regions.map(BigInt),
    })),
    settingUp: row.setting_up,
    companyName: row.company_name,
    unread: row.unread,
    waiting: waiting.requests,
    complaints: waiting.complaints,
    visits: waiting.visits,
    origin,
  }
}

function rowOf(staffId: string, epoch: number): Promise<Row[]> {
  return ask<Row>`
    with recursive own as (select * from role_grant where staff_id = ${BigInt(staffId)}),
    departments as (
      select id as grant_id, department_id as id from own where department_id is not null
      union all select up.grant_id, down.id from department down join departments up on down.parent_id = up.id),
    regions as (
      select id as grant_id, region_id as id from own where region_id is not null
      union all select up.grant_id, down.id from region down join regions up on down.parent_id = up.id)
    select s.id, s.number, s.name, s.department_id, d.name as department_name, s.language::text, s.theme::text,
      s.shortcuts, s.must_change_password, s.epoch, c.name as company_name, c.set_up_at is null as setting_up,
      (select count(*)::int from (select from notice n where n.staff_id = s.id and n.read_at is null limit 100) u) as unread,
      coalesce((select json_agg(json_build_object('role', own.role, 'scope', own.scope,
          'departments', (select coalesce(json_agg(x.id::text), '[]') from departments x where x.grant_id = own.id),
          'regions', (select coalesce(json_agg(x.id::text), '[]') from regions x where x.grant_id = own.id)))
        from own), '[]') as grants
    from staff s left join department d on d.id = s.department_id left join company c on true
    where s.id = ${BigInt(staffId)} and s.state = 'active' and s.epoch = ${epoch}`
}

/** What these people hold, with all that lies below, as actorFor has it. */
export async function grantsOf(staffIds: readonly bigint[]): Promise<Map<bigint, Grant[]>> {
  const rows = await ask<{ id: bigint; role: Role; scope: Grant['scope']; departments: bigint[]; regions: bigint[] }>`
    with recursive own as (select * from role_grant where staff_id = any(${staffIds}::bigint[])),
    departments as (
      select id as grant_id, department_id as id from own where department_id is not null
      union all select up.grant_id, down.id from department down join departments up on down.parent_id = up.id),
    regions as (
      select id as grant_id, region_id as id from own where region_id is not null
      union all select up.grant_id, down.id from region down join regions up on down.parent_id = up.id)
    select staff_id as id, role::text, scope::text,
      array(select x.id::text from departments x where x.grant_id = own.id) as departments,
      array(select x.id::text from regions x where x.grant_id = own.id) as regions
    from own order by own.id`
  const found = new Map<bigint, Grant[]>()
  for (const { id, role, scope, departments, regions } of rows) {
    const grant = { role, scope, departmentIds: departments.map(BigInt), regionIds: regions.map(BigInt) }
    found.set(id, [...(found.get(id) ?? []), grant])
  }
  return found
}
