import type { Actor } from '../../access/actor.ts'
import type { Card, Ending, Handler, Request } from '../../approvals/contract.ts'
import type { Audit } from '../../audit/change.ts'
import { db, type Tx } from '../../db.ts'
import { translate } from '../../i18n.ts'
import { namesInOrder } from '../../staff/naming.ts'
import { cardOf } from '../judging/card.ts'
import { idOf } from '../judging/queries.ts'
import { lockComplaint, subjectOf } from '../queries.ts'
import { finishStep } from './commands.ts'

/** CMP-22: the report rests on its text as it was filed. */
export const complaintReport: Handler = {
  basis: async (tx, request) => {
    const report = await tx.investigationReport.findUnique({
      where: { complaintId: idOf(request) },
      select: { state: true, version: true },
    })
    return report?.state === 'waiting' ? String(report.version) : null
  },
  approve: async (tx, audit, _decider, request, now) => {
    await finishStep(tx, audit, await lockComplaint(tx, idOf(request)), now)
  },
  ended,
  card,
}

async function ended(tx: Tx, audit: Audit, _by: Actor, request: Request, ending: Ending): Promise<void> {
  const complaint = await lockComplaint(tx, idOf(request))
  const where = { complaintId: complaint.id, state: 'waiting' as const }
  const { count } = await tx.investigationReport.updateMany({ where, data: { state: 'draft' } })
  if (count === 0) return
  await audit('complaint.report_returned', subjectOf(complaint), { after: { approval: request.number, ending } })
}

async function card(actor: Actor, request: Request): Promise<Card> {
  const t = translate[actor.language]
  const report = await db.investigationReport.findUniqueOrThrow({ where: { complaintId: idOf(request) } })
  const people = await namesInOrder(report.responsible)
  const line = (
    name: 'course' | 'cause' | 'responsible' | 'conclusion' | 'countermeasure' | 'prevention',
    after: string,
  ) => ({
    label: t(`judging:field.${name}`),
    before: '',
    after,
  })
  const kind = report.causeKind ? t(`complaints:cause.${report.causeKind}`) : ''
  return cardOf(actor, request, 'report', [
    line('course', report.course),
    line('cause', [kind, report.cause].filter(Boolean).join(' · ')),
    line('responsible', [...people, report.responsibleText].filter(Boolean).join(t('web:comma'))),
    line('conclusion', report.conclusion),
    line('countermeasure', report.countermeasure),
    line('prevention', report.prevention),
  ])
}
