import type { Actor } from '../access/actor.ts'
import { requestsSql } from '../approvals/reading.ts'
import type { ApprovalState } from '../../prisma/client/enums.ts'
import { visibleCustomersSql } from '../customers/policy.ts'
import { ask } from '../db.ts'
import { NotFound } from '../lib/refused.ts'
import { placeOf, type AssignmentPayload } from './asking.ts'
import { basisOf } from './moving.ts'
import { carriedOut, type Outcome } from './queries.ts'

type Row = { number: string; name: string; before: string | null; after: string | null }
export type AskedMany = {
  number: string
  state: ApprovalState
  /** Those that the reader sees, and how many more there are. */
  rows: (Row & { outcome: Outcome })[]
  unseen: number
}

type Request = { number: string; state: ApprovalState; payload: AssignmentPayload; subject: string }

/** The customers of one request that changes the owner of many: for whoever may open the request. */
export async function askedFor(actor: Actor, batch: string): Promise<AskedMany> {
  const [request] = await ask<Request>`
    select r.number, r.state::text, r.payload, r.subject from approval_request r
    where r.kind = 'customer.assignment' and r.subject = ${`assignment:${batch}`} and ${await requestsSql(actor)}`
  if (!request) throw new NotFound()
  const { customers } = request.payload
  const ids = customers.map(({ id }) => id)
  const owners = customers.flatMap(({ from, to }) => [from.owner, to.owner]).filter((id) => id !== null)
  const [seen, names, done] = await Promise.all([
    ask<{ id: bigint; name: string; ownerId: bigint | null; departmentId: bigint | null; regionId: bigint | null }>`
      select id, name, owner_id as "ownerId", department_id as "departmentId", region_id as "regionId" from customer
      where id = any(${ids}::bigint[]) and ${visibleCustomersSql(actor)}`,
    ask<{ id: bigint; name: string }>`select id, name from staff where id = any(${[...new Set(owners)]}::bigint[])`,
    carriedOut(request.subject),
  ])
  const nameOf = new Map(names.map(({ id, name }) => [String(id), name]))
  const byId = new Map(seen.map((one) => [String(one.id), one]))
  const outcomes = new Map(done?.map((one) => [one.number, one]))
  const rows = customers.flatMap(({ id, number, from, to }) => {
    const customer = byId.get(id)
    if (!customer) return []
    const changed = request.state === 'waiting' && basisOf(customer) !== basisOf(placeOf(from))
    const since = changed ? ({ rule: 'APR-02', reason: 'assignments:refused.sinceAsked' } as const) : {}
    const outcome = outcomes.get(number) ?? { number, asked: request.number, ...since }
    const owner = (of: string | null) => (of === null ? null : (nameOf.get(of) ?? null))
    return [{ number, name: customer.name, before: owner(from.owner), after: owner(to.owner), outcome }]
  })
  return { number: request.number, state: request.state, rows, unseen: customers.length - rows.length }
}
