import type { Role } from '../../prisma/client/enums.ts'
import type { Act } from '../access/table.ts'
import type { RuleId } from '../regulations/register.ts'

/**
 * Who signs. Where nobody else holds the role at the request's place, it goes to the first of `instead` who is there.
 * `beside`: who may give the same signature from the first moment on, whoever of the two comes first.
 */
type StepRow = { role: Role; instead: readonly Role[]; beside?: Role }

type KindRow = {
  rule: RuleId
  /** PPL-01: the row of the table that every signing role stands in. */
  act: Act
  icon: string
  /** In this order; a request that names its own signatures takes them from here. */
  steps: readonly StepRow[]
  /** APR-05: false where the object's own clock runs until the decision. */
  clocked: boolean
  /** Several of a kind can be decided together. */
  together: boolean
  /** What a change of the object does to a waiting request: ends it, or is taken into it. */
  onChange: 'void' | 'refile'
  /** Whether those who can decide are told of each one; else the queue is enough. */
  told: boolean
  /** ACC-01: deciding it is a weighty act: who has not proven lately to be this person is asked again. */
  weighty?: true
}

/** ARC-07, ARC-09: whoever may come to sign for an item of the archive; which of them do, its level says. */
const applicationSteps = [
  { role: 'dept_head', instead: ['sales_director', 'general_manager'] },
  { role: 'archivist', instead: ['info_supervisor', 'cs_manager'] },
  { role: 'cs_manager', instead: ['general_manager'] },
  { role: 'general_manager', instead: ['info_supervisor'] },
] as const satisfies readonly StepRow[]

/** Everything that is asked and decided in the product. A new one is a row here, a handler and its words. */
export const kinds = {
  'customer.confirmation': {
    rule: 'CUS-05',
    act: 'customers.confirm',
    icon: 'customers',
    steps: [{ role: 'sales_director', instead: ['general_manager'] }],
    clocked: false,
    together: true,
    onChange: 'refile',
    told: false,
  },
  'customer.key_fields': {
    rule: 'CUS-06',
    act: 'customers.approve_changes',
    icon: 'edit',
    steps: [{ role: 'sales_director', instead: ['general_manager'] }],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'customer.assignment': {
    rule: 'CUS-06',
    act: 'customers.approve_changes',
    icon: 'staff',
    steps: [{ role: 'sales_director', instead: ['general_manager'] }],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'regulation.change': {
    rule: 'RULE-02',
    act: 'regulations.approve',
    icon: 'rules',
    steps: [{ role: 'general_manager', instead: [] }],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'archive.transfer': {
    rule: 'ARC-03',
    act: 'transfers.approve',
    icon: 'archive',
    steps: [
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'sales_director', instead: ['general_manager'] },
    ],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'role.grant': {
    rule: 'PPL-02',
    act: 'roles.approve',
    icon: 'access',
    steps: [{ role: 'general_manager', instead: ['security_admin', 'system_admin'] }],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
    weighty: true,
  },
  'archive.viewing': {
    rule: 'ARC-07',
    act: 'viewings.approve',
    icon: 'archive',
    steps: applicationSteps,
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'archive.loan': {
    rule: 'ARC-09',
    act: 'loans.approve',
    icon: 'archive',
    steps: applicationSteps,
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'archive.disclosure': {
    rule: 'ARC-15',
    act: 'disclosures.approve',
    icon: 'archive',
    steps: [
      { role: 'info_supervisor', instead: ['general_manager'] },
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
    weighty: true,
  },
  'archive.level': {
    rule: 'CUS-06',
    act: 'archive.approve_levels',
    icon: 'archive',
    steps: [
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'archive.copy': {
    rule: 'ARC-13',
    act: 'copies.approve',
    icon: 'copy',
    steps: [{ role: 'general_manager', instead: [], beside: 'info_supervisor' }],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'complaint.measures': {
    rule: 'CMP-18',
    act: 'measures.approve',
    icon: 'complaints',
    steps: [{ role: 'general_manager', instead: [] }],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'complaint.acceptance': {
    rule: 'CMP-22',
    act: 'complaints.approve',
    icon: 'complaints',
    steps: [
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'dept_head', instead: ['cs_manager', 'general_manager'] },
      { role: 'area_manager', instead: ['cs_manager', 'general_manager'] },
    ],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'complaint.report': {
    rule: 'CMP-22',
    act: 'complaints.approve',
    icon: 'complaints',
    steps: [
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'dept_head', instead: ['cs_manager', 'general_manager'] },
      { role: 'area_manager', instead: ['cs_manager', 'general_manager'] },
      { role: 'general_manager', instead: ['cs_manager'] },
    ],
    clocked: true,
    together: false,
    onChange: 'void',
    told: true,
  },
  'complaint.remedy': {
    rule: 'CMP-10',
    act: 'complaints.approve',
    icon: 'complaints',
    steps: [
      { role: 'cs_manager', instead: ['general_manager'] },
      { role: 'dept_head', instead: ['cs_manager', 'general_manager'] },
      { role: 'area_manager', instead: ['cs_manager', 'general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What it gives and to whom is looked at one by one.
    together: false,
    onChange: 'void',
    told: true,
  },
  'visit.plan': {
    rule: 'VIS-01',
    act: 'visits.approve',
    icon: 'visits',
    steps: [{ role: 'dept_head', instead: ['sales_director', 'general_manager'] }],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'visit.spending': {
    rule: 'VIS-04',
    act: 'visits.approve',
    icon: 'visits',
    steps: [{ role: 'dept_head', instead: ['sales_director', 'general_manager'] }],
    clocked: true,
    together: true,
    onChange: 'void',
    told: true,
  },
  'credit.first_override': {
    rule: 'CRD-07',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'area_manager', instead: ['general_manager'] },
      { role: 'sales_director', instead: ['general_manager'] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
  'credit.final_override': {
    rule: 'CRD-08',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'sales_director', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
  'credit.overdue': {
    rule: 'CRD-05',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'sales_director', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
  'credit.guarantee': {
    rule: 'CRD-12',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'sales_director', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
  'credit.terms': {
    rule: 'CRD-02',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'sales_director', instead: ['general_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
  'credit.mode': {
    rule: 'CRD-14',
    act: 'credit.approve',
    icon: 'credit',
    steps: [
      { role: 'area_manager', instead: ['sales_director'] },
      { role: 'sales_director', instead: ['area_manager'] },
      { role: 'general_manager', instead: [] },
    ],
    clocked: true,
    // What stands beside it is looked at one by one (CRD-19).
    together: false,
    onChange: 'void',
    told: true,
  },
} as const satisfies Record<string, KindRow>

export type ApprovalKind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as [ApprovalKind, ...ApprovalKind[]]

export const kindOf = (kind: ApprovalKind): KindRow => kinds[kind]

export const isKind = (name: string): name is ApprovalKind => Object.hasOwn(kinds, name)

/** What the kind says of a signature: whose it is, and who signs instead. */
export function stepOf(kind: ApprovalKind, role: Role): StepRow {
  const row = kindOf(kind).steps.find((step) => step.role === role)
  if (!row) throw new Error(`${kind} has no signature of ${role}`)
  return row
}

/** customer.confirmation → customer_confirmation: as its words are called. */
export const wordOf = (kind: ApprovalKind) => kind.replace('.', '_') as WordOf<ApprovalKind>
type WordOf<K extends string> = K extends `${infer A}.${infer B}` ? `${A}_${B}` : K

/** APR-05: whose signature a late step may have as well. */
export const seniors: Partial<Record<Role, Role>> = {
  front_desk: 'cs_manager',
  sales: 'dept_head',
  dept_head: 'sales_director',
  area_manager: 'sales_director',
  archivist: 'info_supervisor',
  info_supervisor: 'cs_manager',
  cs_manager: 'general_manager',
  finance: 'general_manager',
  logistics: 'general_manager',
  sales_director: 'general_manager',
  security_admin: 'general_manager',
}

/** Whether this role signs because a step is late, which it does for those below it; else it signs beside them. */
export function isAbove(senior: Role, role: Role): boolean {
  const next = seniors[role]
  return next !== undefined && (next === senior || isAbove(senior, next))
}
