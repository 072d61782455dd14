import { db } from '../../db.ts'
import { namesById } from '../../staff/naming.ts'
import { subjectOf, type Complaint } from '../queries.ts'

const person = { select: { name: true } } as const

/** All that stands on the papers of a complaint, in the order in which it happened. */
export async function contentOf(complaint: Complaint) {
  const where = { complaintId: complaint.id }
  const orderBy = { id: 'asc' } as const
  const [levels, contacts, report, remedies, requests, told, meetings, liabilities, measures, pauses] =
    await Promise.all([
      db.levelChange.findMany({ where, orderBy }),
      db.complaintContact.findMany({ where, orderBy, include: { by: person } }),
      db.investigationReport.findUnique({ where }),
      db.remedy.findMany({ where, orderBy, include: { items: { orderBy: { n: 'asc' } }, proposedBy: person } }),
      requestsAbout(complaint),
      db.toldLine.findMany({ where, orderBy }),
      db.crisisMeeting.findMany({ where, orderBy }),
      db.liability.findMany({
        where: { ...where, withdrawnAt: null },
        orderBy,
        include: { department: person, staff: person },
      }),
      db.correctiveAction.findMany({ where, orderBy: { n: 'asc' }, include: { owner: person, checker: person } }),
      db.complaintPause.findMany({ where, orderBy }),
    ])
  const [escalations, reopenings, rating, company] = await Promise.all([
    db.complaintEscalation.findMany({ where, orderBy }),
    db.complaintReopening.findMany({ where, orderBy }),
    db.complaintRating.findFirst({ where: { ...where, usedAt: { not: null } }, orderBy: { id: 'desc' } }),
    db.company.findUnique({ where: { id: 1 } }),
  ])
  const lists = { levels, contacts, remedies, requests, told, meetings, liabilities, measures, pauses }
  const found = { ...lists, report, escalations, reopenings, rating, company }
  return { ...found, names: await namesIn(complaint, found) }
}
export type Content = Awaited<ReturnType<typeof contentOf>>

/** The requests for approval about it, with every signature given so far. */
function requestsAbout(complaint: Complaint) {
  return db.approvalRequest.findMany({
    where: { subject: subjectOf(complaint) },
    orderBy: { id: 'asc' },
    select: {
      number: true,
      kind: true,
      state: true,
      filedAt: true,
      filedBy: person,
      steps: {
        orderBy: { n: 'asc' },
        select: {
          role: true,
          state: true,
          decidedAt: true,
          decidedBy: person,
          for: person,
          staff: person,
          reason: true,
        },
      },
    },
  })
}

type People = Pick<
  Content0,
  'levels' | 'report' | 'told' | 'meetings' | 'liabilities' | 'pauses' | 'reopenings' | 'escalations'
>
type Content0 = {
  levels: { byId: bigint | null }[]
  report: { byId: bigint; responsible: bigint[] } | null
  told: { byId: bigint }[]
  meetings: { chairId: bigint; members: bigint[]; recordedById: bigint }[]
  liabilities: { headId: bigint | null; confirmedById: bigint | null }[]
  pauses: { byId: bigint }[]
  reopenings: { byId: bigint }[]
  escalations: { byId: bigint }[]
}

/** Names of all who are known by their id alone. */
async function namesIn(complaint: Complaint, found: People): Promise<ReadonlyMap<bigint, string>> {
  const ids = [
    ...complaint.accused,
    complaint.judgedById,
    complaint.opinionById,
    complaint.closedById,
    ...found.levels.map(({ byId }) => byId),
    ...(found.report ? [found.report.byId, ...found.report.responsible] : []),
    ...[...found.told, ...found.pauses, ...found.reopenings, ...found.escalations].map(({ byId }) => byId),
    ...found.meetings.flatMap(({ chairId, members, recordedById }) => [chairId, recordedById, ...members]),
    ...found.liabilities.flatMap(({ headId, confirmedById }) => [headId, confirmedById]),
  ]
  return namesById(ids)
}
