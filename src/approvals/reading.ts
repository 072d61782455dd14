import { Prisma } from '../../prisma/client/client.ts'
import type { Role, StepState } from '../../prisma/client/enums.ts'
import type { Actor } from '../access/actor.ts'
import { mayEver } from '../access/policy.ts'
import { ask } from '../db.ts'
import { now as clock } from '../lib/clock.ts'
import { NotFound } from '../lib/refused.ts'
import { asClock, clockSql, type Clock } from './clocks.ts'
import type { Request } from './contract.ts'
import { mineSql, rightsOf } from './mine.ts'
import type { Step } from './standing.ts'

/** A Request, of `approval_request r`. */
export const requestColumns = Prisma.sql`r.id, r.number, r.kind, r.subject, r.customer_id as "customerId",
  r.department_id as "departmentId", r.region_id as "regionId", r.state::text, r.asked, r.payload, r.amount::text, r.basis,
  r.reason, r.filed_by_id as "filedById", r.filed_at as "filedAt", r.expires_at as "expiresAt", r.version`

/** A request with the names that belong to it. */
export type SeenRequest = Request & {
  filedBy: string
  filedByNumber: string
  endedAt: Date | null
  endReason: string | null
  /** The numbers of what it files anew, and of what filed it anew. */
  follows: string | null
  followedBy: string | null
}

export const seenColumns = Prisma.sql`${requestColumns}, f.name as "filedBy", f.number as "filedByNumber",
  r.ended_at as "endedAt", r.end_reason as "endReason",
  (select number from approval_request o where o.id = r.follows_id) as follows,
  (select number from approval_request o where o.follows_id = r.id order by o.id desc limit 1) as "followedBy"`

/**
 * The only way to one. For who asked, who signs or signed or could have (so that whoever comes second is told who was
 * first), for themselves or another, and for whoever reads the register; for everybody else it does not exist.
 */
export async function requestFor(actor: Actor, number: string, now: Date = clock()): Promise<SeenRequest> {
  const [found] = await ask<SeenRequest>`
    select ${seenColumns} from approval_request r join staff f on f.id = r.filed_by_id
    where r.number = ${number.toUpperCase()} and ${await requestsSql(actor, now)}`
  if (!found) throw new NotFound()
  return found
}

/** Which requests exist for this person, over the columns of `approval_request r`. */
export async function requestsSql(actor: Actor, now: Date = clock()): Promise<Prisma.Sql> {
  return mayEver(actor, 'approvals.register') ? Prisma.sql`true` : ownSql(actor, now)
}

/** Those that one asked for, signs, signed or could have signed. */
export async function ownSql(actor: Actor, now: Date): Promise<Prisma.Sql> {
  const mine = mineSql(actor, await rightsOf(actor, now))
  return Prisma.sql`(r.filed_by_id = ${actor.id} or exists (
    select 1 from approval_step s where s.request_id = r.id and (${actor.id} in (s.decided_by_id, s.for_id, s.added_by_id)
      or (s.opened_at is not null and ${mine}))))`
}

export type StepRow = Step & {
  id: bigint
  requestId: bigint
  n: number
  /** Nobody held this role, so that it came to `role`. */
  insteadOf: Role | null
  staff: string | null
  addedBy: string | null
  /** What whoever added it asked to look at. */
  question: string | null
  state: StepState
  openedAt: Date | null
  decidedAt: Date | null
  decidedBy: string | null
  for: string | null
  reason: string | null
  clock: Clock | null
}

/** Every signature of a request, in their order. For whoever sees the request. */
export async function stepsOf(requestId: bigint): Promise<StepRow[]> {
  const rows = await ask<Omit<StepRow, 'excluded'> & { excluded: string[] }>`
    select s.id, s.n, s.request_id as "requestId", s.kind, s.role::text, s.senior_role::text as "seniorRole",
      s.instead_of::text as "insteadOf", s.staff_id as "staffId", s.department_id as "departmentId",
      s.region_id as "regionId", s.excluded::text[] as excluded,
      named.name as staff, adder.name as "addedBy", s.question, s.state::text, s.opened_at as "openedAt", s.decided_at as "decidedAt",
      decider.name as "decidedBy", other.name as "for", s.reason,
      case when s.opened_at is not null then ${clockSql} end as clock
    from approval_step s join approval_request r on r.id = s.request_id
      left join staff named on named.id = s.staff_id left join staff adder on adder.id = s.added_by_id
      left join staff decider on decider.id = s.decided_by_id left join staff other on other.id = s.for_id
    where s.request_id = ${requestId} order by s.n`
  return rows.map((row) => ({ ...row, excluded: row.excluded.map(BigInt), clock: asClock(row.clock) }))
}
