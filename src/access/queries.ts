import type { Role } from '../../prisma/client/enums.ts'
import { ask } from '../db.ts'
import type { Language } from '../i18n.ts'
import type { Actor, Grant } from './actor.ts'

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
  const [row] = await ask<Row>`
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
    origin,
  }
}
