import type { MailChoice } from '../../prisma/client/enums.ts'
import type { Act } from '../access/table.ts'

type Kind = {
  /** How it is mailed until the person says otherwise. */
  mail: MailChoice
  /** May go out at once, also outside office hours. */
  urgent?: true
  icon: string
  tone: 'wait' | 'go' | 'ok' | 'bad' | 'warn'
  /** Who can come to have such notices at all: nobody else is asked how to mail them. */
  for: Act
  /** What its sentence cannot do without; `number` becomes {of}, with the name beside it where the reader may see that. */
  needs: readonly string[]
}

/**
 * What people are told of. A kind has its name in `notices:kind`, its sentence in `notices:say`, and where several of it
 * can be one notice (params.n instead of params.number) a second sentence, `…_many`.
 */
export const kinds = {
  'deadline.soon': { mail: 'digest', icon: 'clock', tone: 'warn', for: 'self.use', needs: ['what', 'number', 'due'] },
  'deadline.overdue': { mail: 'each', icon: 'clock', tone: 'bad', for: 'self.use', needs: ['what', 'number', 'due'] },
  'deadline.escalated': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'self.use',
    needs: ['what', 'number', 'due', 'owner'],
  },
  'customer.assigned': { mail: 'each', icon: 'customers', tone: 'go', for: 'customers.view', needs: ['by', 'number'] },
  'customer.confirmed': { mail: 'none', icon: 'check', tone: 'ok', for: 'customers.view', needs: ['by', 'number'] },
  'import.finished': {
    mail: 'none',
    icon: 'import',
    tone: 'ok',
    for: 'imports.run',
    needs: ['number', 'imported', 'left'],
  },
  'import.stopped': { mail: 'each', icon: 'import', tone: 'bad', for: 'imports.run', needs: ['number'] },
  'account.locked': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'bad',
    for: 'roles.grant',
    needs: ['number', 'tries', 'minutes'],
  },
  'account.factor_reset': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'warn',
    for: 'self.use',
    needs: ['by', 'number'],
  },
  'loan.lent': { mail: 'none', icon: 'archive', tone: 'go', for: 'loans.ask', needs: ['by', 'number', 'due'] },
  'loan.due': { mail: 'each', icon: 'clock', tone: 'warn', for: 'loans.ask', needs: ['number', 'due'] },
  'loan.overdue': {
    mail: 'each',
    icon: 'clock',
    tone: 'bad',
    for: 'archive.view',
    needs: ['number', 'due', 'owner'],
  },
  'loan.urged': {
    mail: 'each',
    urgent: true,
    icon: 'clock',
    tone: 'bad',
    for: 'archive.view',
    needs: ['by', 'number', 'due', 'owner'],
  },
  'task.given': { mail: 'each', icon: 'today', tone: 'go', for: 'self.use', needs: ['by', 'number', 'due'] },
  'task.ended': { mail: 'digest', icon: 'check', tone: 'ok', for: 'self.use', needs: ['by', 'number', 'state'] },
  'approval.waiting': { mail: 'each', icon: 'check', tone: 'wait', for: 'self.use', needs: ['by', 'number', 'what'] },
  'approval.decided': {
    mail: 'each',
    icon: 'check',
    tone: 'ok',
    for: 'self.use',
    needs: ['by', 'number', 'what', 'state'],
  },
  'delegation.given': {
    mail: 'each',
    icon: 'staff',
    tone: 'go',
    for: 'self.use',
    needs: ['from', 'to', 'fromOn', 'untilOn'],
  },
  'delegation.ended': { mail: 'each', icon: 'staff', tone: 'ok', for: 'self.use', needs: ['by', 'from', 'to'] },
  'handover.asked': { mail: 'each', icon: 'staff', tone: 'warn', for: 'handovers.run', needs: ['by', 'leaver'] },
  'handover.started': { mail: 'each', icon: 'staff', tone: 'go', for: 'handovers.run', needs: ['by', 'leaver'] },
  'handover.given': {
    mail: 'each',
    icon: 'staff',
    tone: 'go',
    for: 'self.use',
    needs: ['by', 'number', 'leaver', 'items'],
  },
  'handover.finished': { mail: 'each', icon: 'staff', tone: 'ok', for: 'staff.manage', needs: ['number', 'leaver'] },
  'trail.broken': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'audit.seals',
    needs: ['places'],
  },
  'alert.mass_opening': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'bad',
    for: 'alerts.settle',
    needs: ['number', 'n', 'limit'],
  },
  'alert.mass_search': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'bad',
    for: 'alerts.settle',
    needs: ['number', 'n', 'limit'],
  },
  'alert.refusals': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'bad',
    for: 'alerts.settle',
    needs: ['number', 'n'],
  },
  'alert.new_device': {
    mail: 'each',
    urgent: true,
    icon: 'shield',
    tone: 'warn',
    for: 'alerts.settle',
    needs: ['number', 'device'],
  },
  'alert.backup_failed': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'alerts.settle',
    needs: [],
  },
  'device.new': { mail: 'each', urgent: true, icon: 'shield', tone: 'warn', for: 'self.use', needs: ['device', 'ip'] },
  'backup.stale': { mail: 'each', urgent: true, icon: 'warning', tone: 'bad', for: 'backups.run', needs: ['when'] },
  'acknowledgement.asked': { mail: 'each', icon: 'shield', tone: 'warn', for: 'self.use', needs: ['by'] },
  'acknowledgement.ending': { mail: 'each', icon: 'shield', tone: 'warn', for: 'self.use', needs: ['until'] },
  'viewing.emergency': {
    mail: 'each',
    urgent: true,
    icon: 'archive',
    tone: 'bad',
    for: 'archive.view',
    needs: ['by', 'number', 'until'],
  },
  'viewing.skipped': {
    mail: 'each',
    urgent: true,
    icon: 'archive',
    tone: 'warn',
    for: 'viewings.approve',
    needs: ['by', 'number', 'what'],
  },
  'viewing.ended': { mail: 'each', icon: 'archive', tone: 'warn', for: 'archive.view', needs: ['by', 'number'] },
  'viewing.reviewed': {
    mail: 'each',
    icon: 'archive',
    tone: 'ok',
    for: 'viewings.emergency',
    needs: ['by', 'number', 'state'],
  },
  'incident.reported': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'incidents.view',
    needs: ['by', 'number', 'kind'],
  },
  'agreement.ending': {
    mail: 'each',
    icon: 'shield',
    tone: 'warn',
    for: 'self.use',
    needs: ['number', 'name', 'until'],
  },
  'complaint.major': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'complaints.view',
    needs: ['number'],
  },
  'complaint.assigned': {
    mail: 'each',
    icon: 'complaints',
    tone: 'go',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'complaint.facts': { mail: 'each', icon: 'complaints', tone: 'wait', for: 'self.use', needs: ['by'] },
  'complaint.answered': { mail: 'each', icon: 'complaints', tone: 'ok', for: 'complaints.view', needs: ['number'] },
  'complaint.escalated': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'complaint.resumed': { mail: 'digest', icon: 'clock', tone: 'warn', for: 'complaints.view', needs: ['number'] },
  'complaint.group_centre': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'measure.given': { mail: 'each', icon: 'complaints', tone: 'go', for: 'self.use', needs: ['by', 'number', 'due'] },
  'measure.unmanned': {
    mail: 'each',
    urgent: true,
    icon: 'warning',
    tone: 'bad',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'measure.done': { mail: 'each', icon: 'complaints', tone: 'wait', for: 'self.use', needs: ['by', 'number'] },
  'measure.sent_back': {
    mail: 'each',
    icon: 'complaints',
    tone: 'warn',
    for: 'self.use',
    needs: ['by', 'number', 'due'],
  },
  'measure.verified': { mail: 'digest', icon: 'check', tone: 'ok', for: 'self.use', needs: ['by', 'number'] },
  'measure.effective': { mail: 'digest', icon: 'check', tone: 'ok', for: 'self.use', needs: ['by', 'number'] },
  'measure.ineffective': { mail: 'each', icon: 'warning', tone: 'bad', for: 'self.use', needs: ['by', 'number'] },
  'complaint.month_due': {
    mail: 'each',
    icon: 'clock',
    tone: 'warn',
    for: 'complaints.statistics',
    needs: ['month', 'day'],
  },
  'complaint.month_reported': {
    mail: 'each',
    icon: 'complaints',
    tone: 'go',
    for: 'complaints.statistics',
    needs: ['by', 'month'],
  },
  'complaint.reopened': {
    mail: 'each',
    icon: 'complaints',
    tone: 'warn',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'complaint.done_alone': {
    mail: 'each',
    icon: 'complaints',
    tone: 'warn',
    for: 'complaints.view',
    needs: ['by', 'number'],
  },
  'complaint.rated_low': {
    mail: 'each',
    icon: 'complaints',
    tone: 'bad',
    for: 'complaints.view',
    needs: ['number', 'score'],
  },
  'job.failed': { mail: 'each', urgent: true, icon: 'warning', tone: 'bad', for: 'jobs.view', needs: ['what'] },
  'transfer.waiting': { mail: 'each', icon: 'archive', tone: 'wait', for: 'archive.view', needs: ['by', 'number'] },
  'transfer.returned': { mail: 'each', icon: 'archive', tone: 'warn', for: 'transfers.make', needs: ['by', 'number'] },
  'transfer.supplement': {
    mail: 'each',
    icon: 'archive',
    tone: 'warn',
    for: 'transfers.make',
    needs: ['by', 'number', 'items', 'due'],
  },
  'transfer.taken': { mail: 'digest', icon: 'archive', tone: 'ok', for: 'transfers.make', needs: ['by', 'number'] },
  'transfer.cancelled': { mail: 'each', icon: 'archive', tone: 'bad', for: 'archive.view', needs: ['by', 'number'] },
  'visit.unconfirmed': { mail: 'each', icon: 'visits', tone: 'warn', for: 'visits.plan', needs: ['n', 'on'] },
  'visit.report_reviewed': { mail: 'digest', icon: 'check', tone: 'ok', for: 'visits.plan', needs: ['by', 'number'] },
  'visit.report_returned': { mail: 'each', icon: 'write', tone: 'warn', for: 'visits.plan', needs: ['by', 'number'] },
  'visit.plan_decided': {
    mail: 'each',
    icon: 'visits',
    tone: 'ok',
    for: 'visits.plan',
    needs: ['by', 'number', 'month', 'agreed', 'left', 'costs'],
  },
  'visit.assessed': {
    mail: 'digest',
    icon: 'visits',
    tone: 'ok',
    for: 'assessments.view',
    needs: ['by', 'month', 'score'],
  },
  'visit.authority': { mail: 'each', icon: 'visits', tone: 'go', for: 'visits.plan', needs: ['by', 'number', 'what'] },
  'visit.authority_ended': {
    mail: 'each',
    icon: 'visits',
    tone: 'warn',
    for: 'visits.plan',
    needs: ['by', 'number', 'what'],
  },
} as const satisfies Record<string, Kind>

export type NoticeKind = keyof typeof kinds
export const noticeKinds = Object.keys(kinds) as [NoticeKind, ...NoticeKind[]]

export const isKind = (name: string): name is NoticeKind => Object.hasOwn(kinds, name)
export const kindOf = (name: NoticeKind): Kind => kinds[name]

/** customer.assigned → customer_assigned: as its words are called. */
export const wordOf = (kind: NoticeKind) => kind.replace('.', '_') as WordOf<NoticeKind>
type WordOf<K extends string> = K extends `${infer A}.${infer B}` ? `${A}_${B}` : K
