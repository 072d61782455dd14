import { Prisma } from '../../prisma/client/client.ts'
import { rolesWith } from '../access/roles.ts'
import type { Act } from '../access/table.ts'
import { ask, type Tx } from '../db.ts'
import { Refused, type Refusal } from '../lib/refused.ts'

type Place = { departmentId: bigint | null; regionId: bigint | null }
export type Signer = { id: bigint; number: string; name: string; department: string | null }
export type Part = 'transfers.check' | 'transfers.take'

/** Colleagues at work who can sign this part of a transfer about a customer at that place (PPL-01). */
const ableSql = (act: Act, { departmentId, regionId }: Place) => Prisma.sql`
  with recursive departments as (
    select id, parent_id from department where id = ${departmentId}
    union all select d.id, d.parent_id from department d join departments below on d.id = below.parent_id),
  regions as (
    select id, parent_id from region where id = ${regionId}
    union all select r.id, r.parent_id from region r join regions below on r.id = below.parent_id)
  select s.id, s.number, s.name, d.name as department from staff s left join department d on d.id = s.department_id
  where s.state = 'active'
    and not exists (select from handover h where h.leaver_id = s.id and h.state = 'open')
    and exists (select from role_grant g where g.staff_id = s.id and g.role = any(${rolesWith(act)}::role[])
      and (g.scope = 'company' or g.department_id in (select id from departments)
        or g.region_id in (select id from regions)))`

export function signersFor(act: Part, place: Place): Promise<Signer[]> {
  return ask<Signer>`${ableSql(act, place)} order by s.pinyin, s.id limit 300`
}

/** One of them, held so that nobody puts the account out of use meanwhile. */
export async function lockSigner(tx: Tx, act: Part, number: string, place: Place, refusal: Refusal): Promise<Signer> {
  await tx.$queryRaw`select 1 from staff where number = ${number} for key share`
  const [found] = await tx.$queryRaw<Signer[]>`${ableSql(act, place)} and s.number = ${number}`
  if (!found) throw new Refused([refusal])
  return found
}
