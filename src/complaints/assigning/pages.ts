import type { Actor } from '../../access/actor.ts'
import { translate } from '../../i18n.ts'
import type { Complaint } from '../queries.ts'
import { departmentsToChoose } from './departments.ts'
import { handlersToChoose } from '../handlers.ts'

export async function assignmentPage(actor: Actor, complaint: Complaint) {
  const t = translate[actor.language]
  const [departments, handlers] = await Promise.all([departmentsToChoose(complaint.kind), handlersToChoose(complaint)])
  return {
    complaint,
    departments: departments.options,
    departmentId: complaint.departmentId ?? departments.suggested ?? '',
    handlers: handlers.map(({ id, number, name, department }) => ({
      value: String(id),
      word: `${name} ${number}`,
      group: department?.name ?? t('judging:assign.none'),
    })),
    again: complaint.ownerId !== null,
  }
}
