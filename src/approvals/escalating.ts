import type { Role } from '../../prisma/client/enums.ts'
import { system } from '../access/actor.ts'
import { auditMany } from '../audit/change.ts'
import type { Tx } from '../db.ts'

type Raised = { number: string; kind: string; subject: string; role: Role }

/** APR-05: late steps that a senior may sign as well from now on; the role it waited for may sign on. */
export async function letSeniorsSign(tx: Tx, late: { role: Role; steps: bigint[] }[]): Promise<void> {
  if (late.length === 0) return
  const rows = late.flatMap(({ role, steps }) => steps.map((id) => ({ id: String(id), role })))
  const raised = await tx.$queryRaw<Raised[]>`
    update approval_step s set senior_role = v.role
    from json_to_recordset(${JSON.stringify(rows)}::json) as v(id bigint, role role), approval_request r
    where s.id = v.id and s.state = 'open' and r.id = s.request_id and s.role is distinct from v.role
    returning r.number, r.kind, r.subject, v.role::text`
  const items = raised.map(({ subject, ...after }) => ({ subject, detail: { after } }))
  await auditMany(tx, system, 'approval.senior', items)
}
