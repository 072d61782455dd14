import type { Role } from '../../prisma/client/enums.ts'
import type { Tx } from '../db.ts'
import type { Place } from './contract.ts'

/** In a transaction or beside it. */
export type Reads = Pick<Tx, '$queryRaw'>

/** Active people who hold a role, or one of several, at a place: there, in a department or region above, or in the whole company. */
export async function holdersAt(
  tx: Reads,
  role: Role | readonly Role[],
  { departmentId, regionId }: Place,
): Promise<bigint[]> {
  const rows = await tx.$queryRaw<{ id: bigint }[]>`
    with recursive departments as (
      select id, parent_id from department where id = ${departmentId}
      union all select d.id, d.parent_id from department d join departments below on d.id = below.parent_id),
    regions as (
      select id, parent_id from region where id = ${regionId}
      union all select r.id, r.parent_id from region r join regions below on r.id = below.parent_id)
    select distinct s.id from staff s join role_grant g on g.staff_id = s.id
    where s.state = 'active' and g.role = any(${[role].flat()}::role[]) and (g.scope = 'company'
      or g.department_id in (select id from departments) or g.region_id in (select id from regions))
    order by s.id`
  return rows.map(({ id }) => id)
}

/** APR-01: who signs a step: its role, or whoever the kind names where nobody else holds that. */
export async function signerOf(
  tx: Reads,
  { role, instead }: { role: Role; instead: readonly Role[] },
  place: Place,
  excluded: readonly bigint[],
): Promise<{ role: Role; insteadOf: Role | null; staff: bigint[] }> {
  for (const one of [role, ...instead]) {
    const staff = (await holdersAt(tx, one, place)).filter((id) => !excluded.includes(id))
    if (staff.length > 0) return { role: one, insteadOf: one === role ? null : role, staff }
  }
  // Nobody yet: it waits for whoever is given the role.
  return { role, insteadOf: null, staff: [] }
}
