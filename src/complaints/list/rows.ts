import { Prisma } from '../../../prisma/client/client.ts'
import type {
  ComplaintCause,
  ComplaintChannel,
  ComplaintKind,
  ComplaintLevel,
  ComplaintOutcome,
  ComplaintState,
  CustomerGrade,
} from '../../../prisma/client/enums.ts'
import { maskPhone } from '../../customers/phones.ts'
import { readClock } from '../../deadlines/clock-json.ts'
import type { DeadlineKind } from '../../deadlines/kinds.ts'
import type { Tagged } from '../../deadlines/tag.ts'
import type { Mark } from './order.ts'

export type ComplaintRow = Mark & {
  number: string
  version: number
  title: string
  kind: ComplaintKind
  level: ComplaintLevel
  state: ComplaintState
  channel: ComplaintChannel
  outcome: ComplaintOutcome | null
  cause: ComplaintCause | null
  customer: string | null
  customerNumber: string | null
  grade: CustomerGrade | null
  anonymous: boolean
  complainant: string | null
  phone: string | null
  product: string | null
  owner: string | null
  taker: string
  department: string | null
  inHandById: bigint | null
  inHandBy: string | null
  inHandAt: Date | null
  satisfaction: number | null
  compensation: string
  reopened: number
  escalated: number
  /** The next of its clocks; of an ended one, that by which it was to be done. */
  clock: (Tagged & { kind: DeadlineKind }) | null
}

const clock = Prisma.sql`(
  select json_build_object('kind', d.kind, 'unit', d.unit, 'startedAt', d.started_at, 'dueAt', d.due_at, 'soonAt',
    d.soon_at, 'pausedAt', d.paused_at, 'metAt', d.met_at, 'cancelledAt', d.cancelled_at)
  from deadline d where d.subject = 'complaint:' || c.id and d.kind like 'complaint.%' and d.cancelled_at is null
    and case when c.state in ('closed', 'void') then d.kind like 'complaint.done%' else d.met_at is null end
  order by d.paused_at is not null, d.due_at, d.id limit 1)`

/** What a row of the list tells, of `complaint as c`. */
export const columnsSql = Prisma.sql`c.id, c.number, c.version, c.title, c.kind::text, c.level::text, c.state::text,
  c.channel::text, c.outcome::text, c.cause::text, c.anonymous, c.complainant, c.phone, c.product, c.satisfaction,
  c.compensation::text, c.reopened, c.escalated, c.priority, c.due_at as "dueAt", c.received_at as "receivedAt",
  c.closed_at as "closedAt", c.in_hand_by_id as "inHandById", c.in_hand_at as "inHandAt",
  k.name as customer, k.number as "customerNumber", k.grade::text,
  (select name from staff where staff.id = c.owner_id) as owner,
  (select name from staff where staff.id = c.received_by_id) as taker,
  (select name from staff where staff.id = c.in_hand_by_id) as "inHandBy",
  (select name from department where department.id = coalesce(c.department_id, c.receiving_department_id)) as department,
  ${clock} as clock`

/** PRV-02: masked before anything else sees it. */
export function seen(row: ComplaintRow): ComplaintRow {
  const read = row.clock && { ...readClock(row.clock), kind: row.clock.kind }
  return { ...row, phone: row.phone && maskPhone(row.phone), clock: read }
}
