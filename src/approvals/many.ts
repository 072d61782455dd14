import type { Tx } from '../db.ts'
import { groupBy } from '../lib/groups.ts'
import { idText } from '../lib/ids.ts'
import type { Place } from './contract.ts'
import { signerOf } from './holders.ts'
import { kindOf, type ApprovalKind } from './kinds.ts'

/** What a request about an object rests on by now, and where it lies. */
export type Refiled = { subject: string; basis: string; place: Place }

/**
 * objectChanged() for many objects in a few statements, and for those that moved: waiting requests take in what was
 * changed, and who signs is looked up anew where the place is another. The caller's own lines tell of it in the trail.
 */
export async function refileMany(tx: Tx, kind: ApprovalKind, changed: readonly Refiled[]): Promise<void> {
  if (changed.length === 0) return
  if (kindOf(kind).onChange !== 'refile') throw new Error(`${kind} takes no change in`)
  const rows = changed.map(({ subject, basis, place }) => ({
    subject,
    basis,
    department: idText(place.departmentId),
    region: idText(place.regionId),
  }))
  const refiled = await tx.$queryRaw<{ id: bigint }[]>`
    update approval_request r set basis = v.basis, department_id = v.department, region_id = v.region,
      version = r.version + 1
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(subject text, basis text, department bigint, region bigint)
    where r.kind = ${kind} and r.state = 'waiting' and r.subject = v.subject and r.basis <> v.basis
    returning r.id`
  if (refiled.length > 0)
    await moveSteps(
      tx,
      kind,
      refiled.map(({ id }) => id),
    )
}

type Moved = Place & { id: bigint; n: number; excluded: bigint[] }

async function moveSteps(tx: Tx, kind: ApprovalKind, requests: bigint[]): Promise<void> {
  const moved = await tx.$queryRaw<Moved[]>`
    update approval_step s set department_id = r.department_id, region_id = r.region_id
    from approval_request r
    where r.id = s.request_id and r.id = any(${requests}::bigint[]) and s.role is not null
      and s.state in ('waiting', 'open')
      and (s.department_id, s.region_id) is distinct from (r.department_id, r.region_id)
    returning s.id, (select count(*)::int from approval_step b
        where b.request_id = s.request_id and b.n <= s.n and b.role is not null) as n, s.department_id as "departmentId", s.region_id as "regionId", s.excluded`
  const groups = groupBy(moved, ({ n, departmentId, regionId, excluded }) =>
    [n, departmentId, regionId, ...excluded].join(),
  )
  for (const steps of groups.values()) {
    const [{ n, excluded, ...place }] = steps as [Moved]
    const row = kindOf(kind).steps[n - 1]
    if (!row) continue
    const { role, insteadOf } = await signerOf(tx, row, place, excluded)
    const data = { role, insteadOf, seniorRole: row.beside === role ? null : (row.beside ?? null) }
    await tx.approvalStep.updateMany({ where: { id: { in: steps.map(({ id }) => id) } }, data })
  }
}

/** Objects that are gone, as of an import taken back: nothing about them is decided any more. */
export async function voidMany(tx: Tx, kind: ApprovalKind, subjects: readonly string[], now: Date): Promise<void> {
  if (kindOf(kind).clocked || kindOf(kind).told) throw new Error(`${kind} ends one by one`)
  await tx.$executeRaw`
    with ended as (
      update approval_request set state = 'void', ended_at = ${now}::timestamptz, version = version + 1
      where kind = ${kind} and state = 'waiting' and subject = any(${subjects}::text[]) returning id)
    update approval_step s set state = 'skipped' from ended
    where s.request_id = ended.id and s.state in ('waiting', 'open')`
}
