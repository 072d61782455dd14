import type { ApprovalState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mineSql, rightsOf } from '../approvals/mine.ts'
import { requestsSql } from '../approvals/reading.ts'
import type { Asked } from '../approvals/contract.ts'
import { ask } from '../db.ts'
import type { Customer } from './queries.ts'
import { veil } from './sensitivity.ts'

/** One request about a customer. */
export type AskedAbout = {
  number: string
  kind: 'customer.confirmation' | 'customer.key_fields' | 'customer.assignment'
  state: ApprovalState
  asked: Asked[]
  /** Whether this reader may open the request, and may sign it now. */
  opens: boolean
  signs: boolean
  /** Who decided last, and why. */
  decided: { by: string; at: string; reason: string | null } | null
}

/**
 * CUS-05, CUS-06: what waits for approval about a customer, and how the last request to confirm a provisional one ended.
 * Masked (PRV-02).
 */
export async function askedAbout(actor: Actor, customer: Customer, now: Date): Promise<AskedAbout[]> {
  const found = await requestsAbout(customer)
  // Most customers have none, and whose it is to sign need not be asked.
  if (found.length === 0) return []
  const rights = mineSql(actor, await rightsOf(actor, now))
  const opens = await requestsSql(actor, now)
  const asked = await ask<AskedAbout>`
    select r.number, r.kind, r.state::text, r.asked, ${opens} as opens,
      exists (select 1 from approval_step s where s.request_id = r.id and s.state = 'open' and ${rights}) as signs,
      (select json_build_object('by', d.name, 'at', s.decided_at, 'reason', s.reason)
        from approval_step s join staff d on d.id = s.decided_by_id
        where s.request_id = r.id order by s.decided_at desc limit 1) as decided
    from approval_request r where r.id = any(${found}::bigint[]) order by r.id`
  return asked.map((one) => ({ ...one, asked: one.asked.map(veiled) }))
}

/** How the last confirmation ended is told of a provisional customer only. */
async function requestsAbout({ id, standing }: Customer): Promise<bigint[]> {
  const rows = await ask<{ id: bigint }>`
    select id from approval_request where customer_id = ${id} and state = 'waiting'
    union select id from approval_request
      where kind = 'customer.assignment' and state = 'waiting' and customer_id is null
        and payload -> 'customers' @> ${JSON.stringify([{ id: String(id) }])}::jsonb
    union (select id from approval_request
      where ${standing === 'provisional'} and customer_id = ${id} and kind = 'customer.confirmation'
      order by id desc limit 1)`
  return rows.map((row) => row.id)
}

function veiled({ field, before, after }: Asked): Asked {
  return { field, before: veil(field, before), after: veil(field, after) }
}

/** How the last request to confirm it stands; null where none was filed yet. */
export const confirmationOf = (asked: readonly AskedAbout[]): AskedAbout | null =>
  asked.findLast(({ kind }) => kind === 'customer.confirmation') ?? null
