import type { Prisma } from '../../prisma/client/client.ts'
import { rolesWith } from '../access/roles.ts'
import type { Actor } from '../access/actor.ts'
import { handFilesOver, handItemsOver } from '../archive/handing-over.ts'
import { mayKeep } from '../archive/keepers.ts'
import { owners } from '../assignments/queries.ts'
import { moveForHandover } from '../assignments/handing.ts'
import type { Audit } from '../audit/change.ts'
import type { Tx } from '../db.ts'
import { mayOwn } from '../tasks/colleagues.ts'
import { handGivenTasksOver, handTasksOver } from '../tasks/handing-over.ts'
import { handComplaintsOver } from '../complaints/handing-over.ts'
import { handMeasuresOver } from '../complaints/measures/handing-over.ts'
import { endPlans, handTemplatesOver, handVisitsOver } from '../visits/around/handing-over.ts'
import { endDelegations } from './handing/delegations.ts'
import { handDeadlines } from './handing/deadlines.ts'
import { handImports } from './handing/imports.ts'
import { withdrawRequests } from './handing/requests.ts'
import { handSignatures } from './handing/signatures.ts'
import { refuseLoans } from './handing/loans.ts'
import { handViews } from './handing/views.ts'
import { handChecksOver, handListsOver, handTakingsOver } from '../transfers/handing.ts'
import type { Thing } from './things.ts'

export type Party = { id: bigint; name: string }
/** What is handed on: these of the leaver's, to whom, and how the trail is to call it. */
export type Work = { actor: Actor; ids: bigint[]; from: Party; to: Party; why: string; now: Date }

type Kind = {
  icon: string
  /** Who can take it on; null: it ends, and nobody takes it on. */
  receivers: Prisma.StaffWhereInput | null
  /** Where it is ended, since it can neither be handed on nor ended here. */
  elsewhere?: string
  /** In the transaction of the handover; answers with the ids of what really went. */
  hand: (tx: Tx, audit: Audit, work: Work) => Promise<bigint[]>
}

const working = { state: 'active', leaving: { none: { state: 'open' } }, grants: { some: {} } } as const
const holding = (
  act:
    | 'complaints.handle'
    | 'visits.plan'
    | 'imports.run'
    | 'views.share'
    | 'transfers.make'
    | 'transfers.check'
    | 'transfers.take',
) => ({ ...working, grants: { some: { role: { in: rolesWith(act) } } } }) satisfies Prisma.StaffWhereInput

/** How each thing is handed on. What things.ts gains without a row here does not compile. */
export const kinds: Record<Thing, Kind> = {
  customer: {
    icon: 'customers',
    receivers: owners,
    hand: (tx, audit, { actor, ids, from, to, why, now }) =>
      moveForHandover(tx, audit, actor, { from: from.id, to: to.id, ids }, why, now),
  },
  task: { icon: 'check', receivers: mayOwn, hand: (tx, _audit, work) => handTasksOver(tx, work.actor, work) },
  given_task: {
    icon: 'check',
    receivers: mayOwn,
    hand: (tx, _audit, work) => handGivenTasksOver(tx, work.actor, work),
  },
  complaint: {
    icon: 'complaints',
    receivers: holding('complaints.handle'),
    hand: (tx, audit, work) => handComplaintsOver(tx, audit, work),
  },
  measure: {
    icon: 'complaints',
    receivers: working,
    hand: (tx, audit, work) => handMeasuresOver(tx, audit, work, 'owner'),
  },
  measure_check: {
    icon: 'complaints',
    receivers: working,
    hand: (tx, audit, work) => handMeasuresOver(tx, audit, work, 'checker'),
  },
  visit: {
    icon: 'visits',
    receivers: holding('visits.plan'),
    hand: (tx, audit, work) => handVisitsOver(tx, audit, work),
  },
  visit_report: {
    icon: 'visits',
    receivers: holding('visits.plan'),
    hand: (tx, audit, work) => handVisitsOver(tx, audit, work),
  },
  visit_template: {
    icon: 'visits',
    receivers: holding('visits.plan'),
    hand: (tx, _audit, work) => handTemplatesOver(tx, work),
  },
  visit_plan: { icon: 'visits', receivers: null, hand: (tx, audit, work) => endPlans(tx, audit, work) },
  signature: { icon: 'edit', receivers: working, hand: handSignatures },
  request: { icon: 'today', receivers: null, hand: withdrawRequests },
  delegation: { icon: 'staff', receivers: null, hand: endDelegations },
  deadline: { icon: 'clock', receivers: working, hand: handDeadlines },
  // ARC-10: what is borrowed goes to nobody else; it comes back, and is applied for anew.
  loan: { icon: 'archive', receivers: null, elsewhere: '/loans?whose=department', hand: refuseLoans },
  kept_file: { icon: 'archive', receivers: mayKeep, hand: (tx, _audit, work) => handFilesOver(tx, work) },
  kept_item: { icon: 'archive', receivers: mayKeep, hand: (tx, _audit, work) => handItemsOver(tx, work) },
  import: { icon: 'import', receivers: holding('imports.run'), hand: handImports },
  view: { icon: 'search', receivers: holding('views.share'), hand: handViews },
  transfer_list: {
    icon: 'archive',
    receivers: holding('transfers.make'),
    hand: (tx, _audit, work) => handListsOver(tx, work),
  },
  transfer_check: {
    icon: 'archive',
    receivers: holding('transfers.check'),
    hand: (tx, _audit, work) => handChecksOver(tx, work),
  },
  transfer_taking: {
    icon: 'archive',
    receivers: holding('transfers.take'),
    hand: (tx, _audit, work) => handTakingsOver(tx, work),
  },
}
