import type { DeadlineUnit, Role } from '../../prisma/client/enums.ts'
import type { ParameterName, Values } from '../regulations/parameters.ts'
import type { RuleId } from '../regulations/register.ts'

type Named<V> = { [N in ParameterName]: Values[N] extends V ? N : never }[ParameterName]
export type AmountParameter = Named<number>
export type LadderName = Named<Values['customers.confirm_ladder']>

type KindRow = {
  rule: RuleId
  unit: DeadlineUnit
  /** Null: the moment is given when it starts. */
  parameter: AmountParameter | null
  /** Null: nobody else is told; only those who act. */
  ladder: LadderName | null
  /** Who can act, and is told before it is due. `step`: whoever may sign the step of an approval (APR-05). */
  acting: 'owner' | 'step' | Role
  /** Those who act and the first rungs are told by a daily digest of the feature's own: the sweep only keeps the record. */
  digest?: true
  /** So many working days after it was due the next senior may sign as well. */
  senior?: AmountParameter
}

/** Every clock the product runs. A new one is a row here, and its name in words.ts. */
export const kinds = {
  'customer.confirmation': {
    rule: 'CUS-05',
    unit: 'working_day',
    parameter: 'customers.confirm_days',
    ladder: 'customers.confirm_ladder',
    acting: 'sales_director',
  },
  'customer.verification': {
    rule: 'CUS-07',
    unit: 'month',
    parameter: 'customers.verify_months',
    ladder: 'customers.verify_ladder',
    acting: 'owner',
  },
  'approval.step': {
    rule: 'APR-05',
    unit: 'working_day',
    parameter: 'approvals.step_days',
    ladder: null,
    acting: 'step',
    senior: 'approvals.senior_days',
  },
  'viewing.review': {
    rule: 'ARC-07',
    unit: 'working_day',
    parameter: 'archive.review_days',
    ladder: null,
    acting: 'info_supervisor',
  },
  'copy.return': {
    rule: 'ARC-13',
    unit: 'moment',
    parameter: null,
    ladder: 'archive.copy_ladder',
    acting: 'owner',
  },
  'loan.return': {
    rule: 'ARC-11',
    unit: 'day',
    parameter: 'archive.loan_days',
    ladder: 'archive.loan_ladder',
    acting: 'owner',
    digest: true,
  },
  'transfer.hand_over': {
    rule: 'ARC-03',
    unit: 'working_day',
    parameter: 'archive.hand_over_days',
    ladder: null,
    acting: 'owner',
  },
  'transfer.check': {
    rule: 'ARC-03',
    unit: 'working_day',
    parameter: 'archive.check_days',
    ladder: null,
    acting: 'owner',
  },
  'transfer.supplement': { rule: 'ARC-03', unit: 'moment', parameter: null, ladder: null, acting: 'owner' },
  'complaint.contact': {
    rule: 'CMP-12',
    unit: 'hour',
    parameter: 'complaints.contact_hours',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.first_result': {
    rule: 'CMP-13',
    unit: 'working_day',
    parameter: 'complaints.first_result',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.remedy': {
    rule: 'CMP-13',
    unit: 'working_day',
    parameter: 'complaints.remedy_days',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.report': {
    rule: 'CMP-13',
    unit: 'hour',
    parameter: 'complaints.report_hours',
    ladder: 'complaints.ladder',
    acting: 'cs_manager',
  },
  // One of the three runs, by complaints.done_clock; the first one's figure goes by the level.
  'complaint.done': {
    rule: 'CMP-14',
    unit: 'working_day',
    parameter: 'complaints.done_general',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.done_days': {
    rule: 'CMP-14',
    unit: 'day',
    parameter: 'complaints.done_days',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.done_hours': {
    rule: 'CMP-14',
    unit: 'hour',
    parameter: 'complaints.done_hours',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'complaint.warning': {
    rule: 'CMP-08',
    unit: 'hour',
    parameter: 'complaints.warning_hours',
    ladder: 'complaints.ladder',
    acting: 'cs_manager',
  },
  'complaint.progress': {
    rule: 'CMP-15',
    unit: 'working_day',
    parameter: 'complaints.progress_days',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'measure.due': { rule: 'CMP-18', unit: 'moment', parameter: null, ladder: 'complaints.ladder', acting: 'owner' },
  'measure.check': {
    rule: 'CMP-18',
    unit: 'working_day',
    parameter: 'complaints.verify_days',
    ladder: 'complaints.ladder',
    acting: 'owner',
  },
  'measure.effect': { rule: 'CMP-18', unit: 'moment', parameter: null, ladder: 'complaints.ladder', acting: 'owner' },
  'visit.plan': { rule: 'VIS-01', unit: 'moment', parameter: null, ladder: 'visits.ladder', acting: 'owner' },
  // One of the two runs, by visits.report_clock.
  'visit.report': {
    rule: 'VIS-06',
    unit: 'day',
    parameter: 'visits.report_days',
    ladder: 'visits.ladder',
    acting: 'owner',
  },
  'visit.report_working': {
    rule: 'VIS-06',
    unit: 'working_day',
    parameter: 'visits.report_working',
    ladder: 'visits.ladder',
    acting: 'owner',
  },
  'relation.month': { rule: 'REL-01', unit: 'moment', parameter: null, ladder: 'visits.ladder', acting: 'owner' },
  'credit.repayment': { rule: 'CRD-08', unit: 'moment', parameter: null, ladder: 'credit.ladder', acting: 'owner' },
  'task.due': { rule: 'CAL-02', unit: 'moment', parameter: null, ladder: null, acting: 'owner' },
} as const satisfies Record<string, KindRow>

export type DeadlineKind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as DeadlineKind[]

/** customer.confirmation → deadlines:kind.customer_confirmation */
export const kindWord = (kind: DeadlineKind) => `deadlines:kind.${kind.replace('.', '_')}` as WordOf<DeadlineKind>
type WordOf<K extends string> = K extends `${infer A}.${infer B}` ? `deadlines:kind.${A}_${B}` : K

export function kindOf(kind: DeadlineKind): KindRow {
  return kinds[kind]
}
