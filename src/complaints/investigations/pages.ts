import { ComplaintCause } from '../../../prisma/client/enums.ts'
import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import { dateTimeText } from '../../lib/dates.ts'
import { regulationAt } from '../../regulations/in-force.ts'
import { waitingRequest } from '../judging/queries.ts'
import type { Complaint } from '../queries.ts'
import { reportOf, type Report } from './queries.ts'

const empty = {
  course: '',
  causeKind: null,
  cause: '',
  people: [] as string[],
  responsibleText: null,
  conclusion: '',
  countermeasure: '',
  prevention: '',
  version: 0,
}

export async function reportPage(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const [report, { value }, waiting] = await Promise.all([
    reportOf(complaint),
    regulationAt(complaint.recordedAt),
    waitingRequest('complaint.report', complaint),
  ])
  const role = t(`access:role.${value('complaints.supervising_role')}`)
  const writable = complaint.state === 'investigating' && report?.state !== 'waiting'
  return {
    complaint,
    report: report ?? empty,
    responsible: (report?.written ?? []).join(t('web:comma')),
    causes: Object.values(ComplaintCause).map((cause) => ({ value: cause, word: t(`complaints:cause.${cause}`) })),
    store: value('complaints.course') === 'store' ? t('judging:report.store', { role }) : null,
    waiting: waiting ? t('judging:report.waiting', { number: waiting.number }) : null,
    saved: report ? savedText(actor, report) : null,
    writable,
    facts: writable || !report ? [] : reportFacts(actor, report),
  }
}

export function savedText(actor: Actor, { by, updatedAt, finishedAt }: Report): string {
  return translate[actor.language]('judging:report.by', { name: by, at: dateTimeText(finishedAt ?? updatedAt) })
}

/** The report as it is read. */
export function reportFacts(actor: Actor, report: Report) {
  const t = translate[actor.language]
  const people = [...report.people, report.responsibleText].filter(Boolean).join(t('web:comma'))
  const rows = [
    ['course', report.course],
    [
      'cause',
      [report.causeKind && t(`complaints:cause.${report.causeKind}`), report.cause].filter(Boolean).join(' · '),
    ],
    ['responsible', people || t('judging:report.noPerson')],
    ['conclusion', report.conclusion],
    ['countermeasure', report.countermeasure],
    ['prevention', report.prevention],
  ] as const
  return rows.map(([name, value]) => ({ label: t(`judging:field.${name}`), value, wide: true, lines: true }))
}

export const opinionPage = (complaint: Complaint) => ({ complaint })
