import type { Role } from '../../../prisma/client/enums.ts'
import { ask } from '../../db.ts'

type Place = { departmentId: bigint | null; regionId: bigint | null }
type Held = { role: Role; scope: 'company' | 'department' | 'region'; departments: string[]; regions: string[] }

/** Who works here and holds which role where, read once for a whole sweep. */
export type Staffing = {
  nameOf: (id: bigint | null) => string | null
  holders: (role: Role, place: Place) => bigint[]
  /** APR-04: who signs such requests for these people. */
  deputies: (signers: bigint[], kind: string) => bigint[]
}

/** Everybody active, with the departments and regions of each grant, all below included: as a request finds them. */
export async function loadStaffing(now: Date): Promise<Staffing> {
  const staff = await ask<{ id: bigint; name: string; grants: Held[] }>`
    with recursive departments as (
      select id as top, id from department
      union all select up.top, down.id from department down join departments up on down.parent_id = up.id),
    regions as (
      select id as top, id from region
      union all select up.top, down.id from region down join regions up on down.parent_id = up.id)
    select s.id, s.name, coalesce((select json_agg(json_build_object('role', g.role, 'scope', g.scope,
          'departments', (select coalesce(json_agg(d.id::text), '[]') from departments d where d.top = g.department_id),
          'regions', (select coalesce(json_agg(r.id::text), '[]') from regions r where r.top = g.region_id)))
        from role_grant g where g.staff_id = s.id), '[]') as grants
    from staff s where s.state = 'active' order by s.id`
  const lent = await lentAt(now)
  const names = new Map(staff.map(({ id, name }) => [id, name]))
  const known = new Map<string, bigint[]>()
  return {
    nameOf: (id) => (id === null ? null : (names.get(id) ?? null)),
    holders: (role, place) => {
      const key = `${role} ${place.departmentId} ${place.regionId}`
      const found = known.get(key) ?? staff.filter(({ grants }) => grants.some(covers(role, place))).map(({ id }) => id)
      known.set(key, found)
      return found
    },
    deputies: (signers, kind) =>
      lent.filter((one) => one.kind === kind && signers.includes(one.fromId)).map(({ toId }) => toId),
  }
}

function lentAt(now: Date): Promise<{ fromId: bigint; toId: bigint; kind: string }[]> {
  return ask`
    select k.from_id as "fromId", d.to_id as "toId", k.kind from delegation_kind k join delegation d on d.id = k.delegation_id
      join staff t on t.id = d.to_id and t.state = 'active' join staff f on f.id = d.from_id and f.state = 'active'
    where d.ended_at is null and d.starts_at <= ${now}::timestamptz and d.ends_at > ${now}::timestamptz
    order by d.id`
}

const covers = (role: Role, { departmentId, regionId }: Place) => {
  const [department, region] = [String(departmentId), String(regionId)]
  return (held: Held) =>
    held.role === role &&
    (held.scope === 'company' || held.departments.includes(department) || held.regions.includes(region))
}
